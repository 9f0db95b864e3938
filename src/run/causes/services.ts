/** Units, ports, Redis. */
import type { KnownCause } from '../../guide/types.ts';

export const services: readonly KnownCause[] = [
  {
    id: 'services-forbidden',
    match: String.raw`policy-rc\.d (?:returned 101|denied execution)`,
    say: {
      fr: 'Cette machine interdit aux paquets de démarrer leurs services (/usr/sbin/policy-rc.d)\u00a0: c’est le cas des images faites pour des conteneurs.',
      en: 'This machine forbids packages to start their services (/usr/sbin/policy-rc.d): images made for containers do so.',
    },
    do: {
      fr: 'Si cette interdiction n’a plus lieu d’être, supprimez ce fichier et démarrez le service nommé ci-dessus (systemctl start), puis réessayez.',
      en: 'If this no longer has a reason, delete that file and start the service named above (systemctl start), then try again.',
    },
  },
  {
    id: 'unit-masked',
    match: String.raw`[Uu]nit (?:/etc/systemd/system/)?(?<unit>[\w@.-]{1,80}) is masked`,
    say: {
      fr: 'Le service {unit} est masqué sur cette machine\u00a0: systemd refuse de le démarrer.',
      en: 'The service {unit} is masked on this machine: systemd refuses to start it.',
    },
    do: {
      fr: 'Si rien ne s’y oppose\u00a0: «\u00a0systemctl unmask {unit} && systemctl start {unit}\u00a0», puis réessayez.',
      en: 'If nothing speaks against it: “systemctl unmask {unit} && systemctl start {unit}”, then try again.',
    },
  },
  {
    id: 'unit-unknown',
    match: String.raw`Unit (?:file )?(?<unit>[\w@.-]{1,80}) (?:not found|could not be found|does not exist)`,
    say: {
      fr: 'systemd ne connaît aucun service {unit} sur cette machine.',
      en: 'systemd knows no service {unit} on this machine.',
    },
    do: {
      fr: '«\u00a0systemctl list-unit-files --type=service\u00a0» donne les vrais noms. Corrigez la réponse, puis réessayez.',
      en: '“systemctl list-unit-files --type=service” gives the real names. Correct the answer, then try again.',
    },
  },
  {
    id: 'unit-program-missing',
    match: String.raw`status=203/EXEC|(?:Command|command) /[\w./-]{1,160} is not executable`,
    say: {
      fr: 'Le service ne trouve pas le programme qu’il doit lancer.',
      en: 'The service does not find the program that it has to start.',
    },
    do: {
      fr: 'Ce programme a été retiré, ou son installation s’est arrêtée au milieu\u00a0: reprenez l’étape qui l’installe.',
      en: 'That program was removed, or its installation stopped half-way: go back to the step that installs it.',
    },
  },
  {
    id: 'unit-user-missing',
    match: 'status=217/USER',
    say: {
      fr: 'L’utilisateur Unix sous lequel ce service doit tourner n’existe pas.',
      en: 'The Unix user that this service has to run as does not exist.',
    },
    do: {
      fr: '«\u00a0systemctl cat\u00a0» suivi du service montre User=\u00a0; «\u00a0getent passwd\u00a0» les comptes. Puis réessayez.',
      en: '“systemctl cat” followed by the service shows User=; “getent passwd” the accounts. Then try again.',
    },
  },
  {
    id: 'supervisor-user-missing',
    match: String.raw`Invalid user (?:name|id) (?<user>[\w.@-]{1,64})(?: in section|$)`,
    say: {
      fr: 'L’utilisateur Unix {user}, sous lequel supervisord doit lancer un programme, n’existe pas.',
      en: 'The Unix user {user}, as whom supervisord has to start a program, does not exist.',
    },
    do: {
      fr: '«\u00a0getent passwd {user}\u00a0» doit le montrer\u00a0: reprenez l’étape qui le crée. Si un autre fichier de supervisord le nomme, corrigez ce fichier. Puis réessayez.',
      en: '“getent passwd {user}” has to show it: go back to the step that creates it. If another file of supervisord names it, correct that file. Then try again.',
    },
  },
  {
    id: 'supervisor-log-folder-missing',
    match: String.raw`The directory named as part of the path (?<path>/[^\n']{1,200}) does not exist`,
    say: {
      fr: 'Le répertoire du journal {path}, qu’un programme de supervisord doit écrire, n’existe pas.',
      en: 'The directory of the log {path}, which a program of supervisord has to write, does not exist.',
    },
    do: {
      fr: 'Créez-le (mkdir -p), ou corrigez le fichier de supervisord qui le nomme, puis réessayez.',
      en: 'Make it (mkdir -p), or correct the file of supervisord that names it, then try again.',
    },
  },
  {
    id: 'supervisor-program-missing',
    match: String.raw`can't find command '(?<program>[^'\n]{1,200})'|command at '(?<other>[^'\n]{1,200})' is not executable`,
    say: {
      fr: 'supervisord ne peut pas lancer {program}{other}\u00a0: ce programme n’est pas là, ou n’est pas exécutable.',
      en: 'supervisord cannot start {program}{other}: that program is not there, or cannot be executed.',
    },
    do: {
      fr: 'Il a été retiré, ou son installation s’est arrêtée au milieu\u00a0: reprenez l’étape qui l’installe.',
      en: 'It was removed, or its installation stopped half-way: go back to the step that installs it.',
    },
  },
  {
    id: 'supervisor-stopped',
    match: String.raw`unix://(?<socket>/[\w./-]{1,120}) (?:no such file|refused connection)`,
    say: {
      fr: 'supervisord ne tourne pas sur cette machine.',
      en: 'supervisord does not run on this machine.',
    },
    do: {
      fr: '«\u00a0systemctl start supervisor\u00a0» (supervisord sur la famille Red Hat)\u00a0; s’il ne tient pas, «\u00a0journalctl -u supervisor -n 30\u00a0» dit quel fichier l’arrête. Puis réessayez.',
      en: '“systemctl start supervisor” (supervisord on the Red Hat family); if it does not stay up, “journalctl -u supervisor -n 30” says which file stops it. Then try again.',
    },
  },
  {
    id: 'firewalld-service-unknown',
    match: String.raw`INVALID_SERVICE: (?<service>[\w.-]{1,80})`,
    say: {
      fr: 'firewalld ne connaît aucun service {service} sur cette machine.',
      en: 'firewalld knows no service {service} on this machine.',
    },
    do: {
      fr: '«\u00a0firewall-cmd --get-services\u00a0» les montre tous. Corrigez la réponse ou définissez ce service, puis réessayez.',
      en: '“firewall-cmd --get-services” shows them all. Correct the answer or define that service, then try again.',
    },
  },
  {
    id: 'firewalld-zone-unknown',
    match: String.raw`INVALID_ZONE: (?<zone>[\w./-]{1,80})`,
    say: {
      fr: 'firewalld ne connaît aucune zone {zone} sur cette machine.',
      en: 'firewalld knows no zone {zone} on this machine.',
    },
    do: {
      fr: '«\u00a0firewall-cmd --get-zones\u00a0» les montre toutes. Corrigez la réponse, puis réessayez.',
      en: '“firewall-cmd --get-zones” shows them all. Correct the answer, then try again.',
    },
  },
  {
    id: 'selinux-boolean-unknown',
    match: String.raw`Error getting active value for (?<name>[\w.-]{1,80})|Boolean (?<other>[\w.-]{1,80}) is not defined`,
    say: {
      fr: 'La politique SELinux de cette machine n’a pas de booléen {name}{other}.',
      en: 'The SELinux policy of this machine has no boolean {name}{other}.',
    },
    do: {
      fr: '«\u00a0getsebool -a\u00a0» les montre tous. Une autre politique que «\u00a0targeted\u00a0» peut en avoir d’autres\u00a0: réglez à la main ce qui lui correspond, ou passez cette étape.',
      en: '“getsebool -a” shows them all. Another policy than “targeted” may have others: set by hand what is meant by it, or skip this step.',
    },
  },
  {
    id: 'web-port-taken',
    match: String.raw`bind\(\) to (?<address>[\w.:[\]-]{1,60}) failed \(98`,
    say: {
      fr: 'nginx ne peut pas écouter sur {address}\u00a0: un autre programme tient ce port, souvent un autre serveur web.',
      en: 'nginx cannot listen on {address}: another program holds that port, often another web server.',
    },
    do: {
      fr: '«\u00a0ss -ltnp\u00a0» le nomme (dernière colonne). Arrêtez-le, ou choisissez ce serveur web-là, puis réessayez.',
      en: '“ss -ltnp” names it (last column). Stop it, or choose that web server, then try again.',
    },
  },
  {
    id: 'port-taken',
    match: String.raw`[Aa]ddress already in use|EADDRINUSE|Connection in use: \(|^name: port-\d{1,5}$`,
    say: {
      fr: 'Un autre programme tient déjà ce port de cette machine.',
      en: 'Another program holds this port of this machine already.',
    },
    do: {
      fr: '«\u00a0ss -ltnp\u00a0» le nomme (dernière colonne). Arrêtez-le, ou changez son port, puis réessayez.',
      en: '“ss -ltnp” names it (last column). Stop it, or change its port, then try again.',
    },
  },
  {
    id: 'redis-password',
    match: String.raw`NOAUTH|WRONGPASS|Authentication required\.`,
    say: {
      fr: 'Redis demande un mot de passe sur cette machine, et le guide s’en sert sans.',
      en: 'Redis asks for a password on this machine, and the guide uses it without one.',
    },
    do: {
      fr: 'Retirez «\u00a0requirepass\u00a0» de /etc/redis/redis.conf et lancez «\u00a0systemctl restart redis-server\u00a0» (d’autres s’en servent-ils\u00a0?), puis réessayez.',
      en: 'Take “requirepass” out of /etc/redis/redis.conf and run “systemctl restart redis-server” (does anybody else use it?), then try again.',
    },
  },
  {
    id: 'redis-database-used',
    match: String.raw`Redis database (?<number>\d{1,3}) already holds keys`,
    say: {
      fr: 'La base Redis {number} contient déjà les données d’un autre.',
      en: 'The Redis database {number} already holds somebody else’s data.',
    },
    do: {
      fr: '«\u00a0redis-cli INFO keyspace\u00a0» montre celles qui sont prises. Choisissez un autre numéro dans les réponses.',
      en: '“redis-cli INFO keyspace” shows those in use. Choose another number in the answers.',
    },
  },
  {
    id: 'redis-cannot-save',
    match: "MISCONF|Failed opening the temp RDB file|^ERR$|Can't save in background",
    say: {
      fr: 'Redis n’arrive pas à écrire ses données sur le disque, et refuse d’en prendre d’autres.',
      en: 'Redis cannot write its data to the disk, and refuses to take more.',
    },
    do: {
      fr: '«\u00a0ls -ld /var/lib/redis\u00a0» (à redis:redis), «\u00a0df -h /var/lib/redis\u00a0», et «\u00a0tail /var/log/redis/redis-server.log\u00a0». Puis réessayez.',
      en: '“ls -ld /var/lib/redis” (redis:redis), “df -h /var/lib/redis”, and “tail /var/log/redis/redis-server.log”. Then try again.',
    },
  },
  {
    id: 'redis-stopped',
    match: String.raw`ECONNREFUSED [\d.:\[\]]{2,40}:6379|(?:localhost|127\.0\.0\.1|redis[\w.-]{0,60}):6379[^\n]{0,120}refused|Could not connect to Redis`,
    say: {
      fr: 'Redis ne tourne pas sur cette machine.',
      en: 'Redis does not run on this machine.',
    },
    do: {
      fr: '«\u00a0systemctl start redis-server\u00a0»\u00a0; s’il ne tient pas, «\u00a0journalctl -u redis-server -n 30\u00a0» dit pourquoi. Puis réessayez.',
      en: '“systemctl start redis-server”; if it does not stay up, “journalctl -u redis-server -n 30” says why. Then try again.',
    },
  },
  {
    id: 'redis-not-redis',
    match: String.raw`^problem: redis [\w.:\[\]]{1,80}:`,
    say: {
      fr: 'Sur le port de Redis, quelqu’un répond, mais ce n’est pas Redis\u00a0: un autre programme tient le port.',
      en: 'Somebody answers on Redis’s port, but it is not Redis: another program holds the port.',
    },
    do: {
      fr: '«\u00a0ss -ltnp | grep 6379\u00a0» le nomme. Arrêtez-le, lancez «\u00a0systemctl restart redis-server\u00a0», puis réessayez.',
      en: '“ss -ltnp | grep 6379” names it. Stop it, run “systemctl restart redis-server”, then try again.',
    },
  },
];
