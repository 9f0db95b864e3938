/** Errata of the web server and of what comes after it (source lines 199–326). */
import type { Erratum } from '../../../src/guide/types.ts';

export const web: readonly Erratum[] = [
  {
    id: 'E26',
    source: [[205, 207]],
    severity: 'security',
    says: {
      fr: 'Dans le groupe numbas_lti, le serveur web peut aussi lire settings.py et ses mots de passe\u00a0; il ne le remarque qu’une fois redémarré.',
      en: 'In the group numbas_lti the web server can read settings.py and its passwords too; it notices only once restarted.',
    },
    does: {
      fr: 'Donne les deux répertoires au groupe du serveur web, et vérifie ce qu’il peut lire.',
      en: 'Gives both directories to the group of the web server, and checks what it can read.',
    },
  },
  {
    id: 'E27',
    source: [[209, 209]],
    severity: 'unclear',
    says: {
      fr: 'Récrire default.conf efface le site de quelqu’un d’autre.',
      en: 'Overwriting default.conf wipes the site of somebody else.',
    },
    does: {
      fr: 'Écrit un fichier à lui.',
      en: 'Writes a file of its own.',
    },
  },
  {
    id: 'E28',
    source: [[211, 216]],
    severity: 'unclear',
    says: {
      fr: '0.0.0.0 n’est pas une adresse où l’on se connecte.',
      en: '0.0.0.0 is no address to connect to.',
    },
    does: {
      fr: '127.0.0.1.',
      en: '127.0.0.1.',
    },
  },
  {
    id: 'E29',
    source: [[219, 222]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0ssl on\u00a0» n’existe plus depuis nginx\u00a01.25\u00a0: il refuse de démarrer.',
      en: '“ssl on” has been gone since nginx 1.25: it refuses to start.',
    },
    does: {
      fr: '«\u00a0listen 443 ssl\u00a0».',
      en: '“listen 443 ssl”.',
    },
  },
  {
    id: 'E30',
    source: [
      [223, 224],
      [257, 258],
    ],
    severity: 'breaks',
    says: {
      fr: 'Le site nomme un certificat qui n’existe pas encore\u00a0: nginx refuse sa configuration, et certbot ne peut pas l’obtenir par lui. Une clé dans /etc/ssl est lisible par tous.',
      en: 'The site names a certificate that does not exist yet: nginx refuses its configuration, and certbot cannot get it through nginx. A key in /etc/ssl is readable by all.',
    },
    does: {
      fr: 'Le certificat d’abord, puis le site\u00a0; la clé n’est qu’à root.',
      en: 'The certificate first, then the site; the key is root’s only.',
    },
  },
  {
    id: 'E31',
    source: [
      [218, 219],
      [239, 253],
    ],
    severity: 'breaks',
    says: {
      fr: 'Pas de server_name, donc X-Forwarded-Host vide\u00a0; rien sur le port 80, donc ni renvoi vers https ni renouvellement\u00a0; l’en-tête Connection vaut upgrade pour toute requête.',
      en: 'No server_name, so an empty X-Forwarded-Host; nothing on port 80, so neither a redirect to HTTPS nor a renewal; Connection: upgrade for every request.',
    },
    does: {
      fr: 'Nomme le site, renvoie http vers https, et ne demande l’upgrade que pour un WebSocket.',
      en: 'Names the site, sends http on to https, and asks for the upgrade for a WebSocket only.',
    },
  },
  {
    id: 'E32',
    source: [[266, 268]],
    severity: 'unclear',
    says: {
      fr: 'La zone public n’est pas toujours celle de l’interface\u00a0; --reload efface les règles que quelqu’un n’a pas encore rendues permanentes.',
      en: 'The zone public is not always that of the interface; --reload wipes rules that somebody has not made permanent yet.',
    },
    does: {
      fr: 'Ouvre http et https dans la zone de l’interface, maintenant et pour la suite, sans recharger.',
      en: 'Opens http and https in the zone of the interface, now and for later, without a reload.',
    },
  },
  {
    id: 'E33',
    source: [[269, 269]],
    severity: 'security',
    says: {
      fr: '«\u00a0setenforce permissive\u00a0» désactive la protection de toute la machine jusqu’au prochain redémarrage\u00a0; ensuite, rien ne marche plus.',
      en: '“setenforce permissive” takes the protection off the whole machine until the next reboot; after that nothing works any more.',
    },
    does: {
      fr: 'Ne touche jamais au mode de SELinux\u00a0: le booléen et deux étiquettes suffisent.',
      en: 'Never touches SELinux’s mode: the boolean and two labels are enough.',
    },
  },
  {
    id: 'E34',
    source: [[282, 290]],
    severity: 'unclear',
    says: {
      fr: 'Une seconde tâche de renouvellement à côté de celle du paquet, et nginx ne relit pas le nouveau certificat.',
      en: 'A second renewal besides that of the package, and nginx does not read the new certificate.',
    },
    does: {
      fr: 'S’en remet à la minuterie du paquet certbot, et fait recharger le serveur web à chaque renouvellement.',
      en: 'Leaves it to the timer of the package certbot, and has the web server reload at each renewal.',
    },
  },
  {
    id: 'E35',
    source: [[305, 315]],
    severity: 'unclear',
    says: {
      fr: 'La mise à jour en tant que root, sans sauvegarde, sur des processus en service\u00a0; «\u00a0git pull\u00a0» peut apporter un Django que ce Python ne peut pas faire tourner.',
      en: 'The update as root, without a backup, under running processes; “git pull” may bring a Django that this Python cannot run.',
    },
    does: {
      fr: 'Ne met pas à jour de lui-même\u00a0: les commandes corrigées sont un point facultatif de la liste.',
      en: 'Does not update by itself: the corrected commands are an optional item of the list.',
    },
  },
];
