/** Docker and Compose. */
import type { KnownCause } from '../../guide/types.ts';

export const docker: readonly KnownCause[] = [
  {
    id: 'docker-stopped',
    match: 'Cannot connect to the Docker daemon',
    say: {
      fr: 'Docker ne tourne pas sur cette machine.',
      en: 'Docker does not run on this machine.',
    },
    do: {
      fr: '«\u00a0systemctl start docker\u00a0» le démarre\u00a0; s’il s’arrête aussitôt, «\u00a0journalctl -u docker\u00a0» dit pourquoi. Puis réessayez.',
      en: '“systemctl start docker” starts it; if it ends at once, “journalctl -u docker” says why. Then try again.',
    },
  },
  {
    id: 'docker-rate-limit',
    match: 'toomanyrequests',
    say: {
      fr: 'Docker Hub ne donne plus d’images à cette adresse pour l’instant\u00a0: trop ont été demandées, par cette machine ou par celles qui sortent par la même adresse.',
      en: 'Docker Hub gives this address no more images for now: too many were asked for, by this machine or by those that go out through the same address.',
    },
    do: {
      fr: 'Attendez six heures, ou identifiez-vous (docker login), ou passez par un miroir («\u00a0registry-mirrors\u00a0» dans /etc/docker/daemon.json), puis réessayez.',
      en: 'Wait six hours, or sign in (docker login), or go through a mirror (“registry-mirrors” in /etc/docker/daemon.json), then try again.',
    },
  },
  {
    id: 'docker-no-image',
    match: String.raw`manifest unknown|manifest for \S{1,200} not found|pull access denied|Error response from daemon: denied`,
    say: {
      fr: 'Là où Docker la cherche, l’image de ce nom et de cette étiquette n’existe pas, ou n’est pas publique.',
      en: 'Where Docker looks for it, there is no image of this name and tag, or it is not public.',
    },
    do: {
      fr: 'La sortie de l’étape montre le nom entier. Corrigez-le dans les réponses, ou identifiez-vous (docker login), puis réessayez.',
      en: 'The output of the step shows the whole name. Correct it in the answers, or sign in (docker login), then try again.',
    },
  },
  {
    id: 'docker-unreachable',
    match: String.raw`"https?://(?<registry>[\w.:-]{1,100})/v2/[^"\n]{0,200}": (?:dial tcp|net/http|context deadline|x509|proxyconnect|EOF|read tcp|tls)`,
    say: {
      fr: 'Docker n’atteint pas {registry}, d’où viennent les images.',
      en: 'Docker cannot reach {registry}, where the images come from.',
    },
    do: {
      fr: 'Vérifiez le réseau et le DNS. Docker n’a pas le proxy de votre session\u00a0: il le lit dans /etc/systemd/system/docker.service.d/ (Environment=HTTPS_PROXY=…), puis «\u00a0systemctl daemon-reload\u00a0» et «\u00a0systemctl restart docker\u00a0». Réessayez ensuite.',
      en: 'Check the network and the DNS. Docker does not have your session’s proxy: it reads its own in /etc/systemd/system/docker.service.d/ (Environment=HTTPS_PROXY=…), then “systemctl daemon-reload” and “systemctl restart docker”. Then try again.',
    },
  },
  {
    id: 'docker-port-taken',
    match: String.raw`(?:Bind for|listen tcp[46]?) (?<address>[\d.:[\]a-f]{3,50}?)(?: failed: port is already allocated|: bind: address already in use)`,
    say: {
      fr: 'Le port {address}, qu’un conteneur doit publier, est déjà pris.',
      en: 'The port {address}, which a container is to publish, is taken already.',
    },
    do: {
      fr: '«\u00a0ss -ltnp\u00a0» et «\u00a0docker ps\u00a0» montrent par qui. Arrêtez-le, ou choisissez un autre port, puis réessayez.',
      en: '“ss -ltnp” and “docker ps” show by whom. Stop it, or choose another port, then try again.',
    },
  },
  {
    id: 'docker-name-taken',
    match: String.raw`The container name "/?(?<name>[\w.-]{1,100})" is already in use`,
    say: {
      fr: 'Un autre conteneur s’appelle déjà {name}.',
      en: 'Another container is already called {name}.',
    },
    do: {
      fr: '«\u00a0docker ps -a\u00a0» le montre. S’il ne sert plus, «\u00a0docker rm {name}\u00a0» le retire\u00a0; sinon choisissez un autre nom de projet. Puis réessayez.',
      en: '“docker ps -a” shows it. If it is of no use any more, “docker rm {name}” removes it; else choose another project name. Then try again.',
    },
  },
  {
    id: 'docker-rules-gone',
    match: String.raw`iptables[^\n]{0,300}(?:No chain/target/match by that name|Chain 'DOCKER[\w-]{0,30}' does not exist)`,
    say: {
      fr: 'Les règles de pare-feu de Docker ont disparu\u00a0: un pare-feu a été rechargé depuis que Docker tourne.',
      en: 'Docker’s firewall rules are gone: a firewall was reloaded since Docker started.',
    },
    do: {
      fr: '«\u00a0systemctl restart docker\u00a0» les remet, et relance les conteneurs. Puis réessayez.',
      en: '“systemctl restart docker” puts them back, and restarts the containers. Then try again.',
    },
  },
  {
    id: 'docker-compose-file',
    match: String.raw`The Compose file '[^'\n]{1,200}' is invalid|yaml\.\w{1,20}\.\w{1,20}Error|^yaml: |^validating \S{1,200}: `,
    say: {
      fr: 'Compose ne comprend pas l’un de ses fichiers, modifié depuis.',
      en: 'Compose does not understand one of its files, which was changed since.',
    },
    do: {
      fr: 'La sortie de l’étape dit lequel et où. Corrigez-le\u00a0: «\u00a0docker compose config --quiet\u00a0», dans son répertoire, ne doit plus rien dire. Puis réessayez.',
      en: 'The output of the step says which and where. Correct it: “docker compose config --quiet”, in its directory, has to say nothing any more. Then try again.',
    },
  },
  {
    id: 'docker-build-failed',
    match: String.raw`returned a non-zero code: \d{1,3}|did not complete successfully: exit code: `,
    say: {
      fr: 'Une commande du Dockerfile a échoué pendant la construction de l’image.',
      en: 'A command of the Dockerfile failed while the image was being built.',
    },
    do: {
      fr: 'La sortie de l’étape montre ce qu’elle a dit. Si elle télécharge quelque chose, vérifiez le réseau et réessayez\u00a0; sinon le Dockerfile est à corriger.',
      en: 'The output of the step shows what it said. If it downloads something, check the network and try again; else the Dockerfile has to be corrected.',
    },
  },
];
