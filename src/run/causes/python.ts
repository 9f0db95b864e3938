/** pip, virtual environments, building. */
import type { KnownCause } from '../../guide/types.ts';

export const python: readonly KnownCause[] = [
  {
    id: 'venv-module-missing',
    match: String.raw`ensurepip is not\s{1,8}available|No module named (?:'?venv'?|'?ensurepip'?)(?:\s|$)`,
    say: {
      fr: 'Il manque à ce Python de quoi faire un environnement virtuel.',
      en: 'This Python lacks what makes a virtual environment.',
    },
    do: {
      fr: 'Sur Debian\u00a0: «\u00a0apt-get install --reinstall python3-venv\u00a0» (ou celui de votre version), puis réessayez.',
      en: 'On Debian: “apt-get install --reinstall python3-venv” (or that of your version), then try again.',
    },
  },
  {
    id: 'venv-without-pip',
    match: String.raw`'ensurepip', '--upgrade', '--default-pip'\]' returned non-zero`,
    say: {
      fr: 'L’environnement virtuel s’est fait, mais pip n’a pas pu y entrer\u00a0: probablement pas assez de place, ou python3-venv abîmé.',
      en: 'The virtual environment was made, but pip could not be put into it: probably too little room, or a damaged python3-venv.',
    },
    do: {
      fr: '«\u00a0df -h\u00a0» et «\u00a0df -i\u00a0» pour la place, puis «\u00a0apt-get install --reinstall python3-venv\u00a0». Réessayez.',
      en: '“df -h” and “df -i” for the room, then “apt-get install --reinstall python3-venv”. Try again.',
    },
  },
  {
    id: 'python-headers-missing',
    match: String.raw`fatal error: (?:'|)Python\.h`,
    say: {
      fr: 'Pour compiler, il manque les en-têtes de Python (Python.h).',
      en: 'To compile, the headers of Python are missing (Python.h).',
    },
    do: {
      fr: '«\u00a0apt-get install --reinstall python3-dev libpython3-dev\u00a0» (ceux de la version de Python choisie), puis réessayez.',
      en: '“apt-get install --reinstall python3-dev libpython3-dev” (those of the Python chosen), then try again.',
    },
  },
  {
    id: 'compiler-missing',
    match: String.raw`error: \[Errno 2\] No such file or directory: '(?<program>[\w+-]{0,60}(?:gcc|cc|g\+\+))'|command '(?<other>[\w./+-]{1,120})' failed: No such file or directory`,
    say: {
      fr: 'Un paquet Python se compile ici, et le compilateur manque\u00a0: {program}{other}.',
      en: 'A Python package is compiled here, and the compiler is missing: {program}{other}.',
    },
    do: {
      fr: '«\u00a0apt-get install --reinstall build-essential gcc\u00a0», puis réessayez.',
      en: '“apt-get install --reinstall build-essential gcc”, then try again.',
    },
  },
  {
    id: 'header-missing',
    match: String.raw`fatal error: (?<header>[\w./+-]{1,120}): No such file or directory`,
    say: {
      fr: 'Pour compiler, il manque un en-tête de bibliothèque\u00a0: {header}.',
      en: 'To compile, the header of a library is missing: {header}.',
    },
    do: {
      fr: '«\u00a0apt-file search {header}\u00a0» nomme le paquet (en -dev) qui le contient. Installez-le, puis réessayez.',
      en: '“apt-file search {header}” names the package (ending in -dev) that has it. Install it, then try again.',
    },
  },
  {
    id: 'pip-hash-mismatch',
    match: 'DO NOT MATCH THE HASHES|IncompleteRead|BadZipFile|File is not a zip file',
    say: {
      fr: 'Un paquet Python est arrivé abîmé\u00a0: téléchargement coupé, ou cache d’un proxy ou de pip.',
      en: 'A Python package arrived damaged: a download that was cut, or the cache of a proxy or of pip.',
    },
    do: {
      fr: 'Réessayez\u00a0; si cela revient, lancez «\u00a0pip cache purge\u00a0» sous l’utilisateur de cette étape.',
      en: 'Try again; if it comes back, run “pip cache purge” as the user of this step.',
    },
  },
  {
    id: 'pip-wrong-python',
    match: 'require a different python version|requires a different Python',
    codes: ['command-failed'],
    say: {
      fr: 'Cette version du paquet ne veut pas de ce Python.',
      en: 'This version of the package does not accept this Python.',
    },
    do: {
      fr: 'Corrigez la réponse qui nomme Python, ou la version, puis réessayez.',
      en: 'Correct the answer that names Python, or the version, then try again.',
    },
  },
  {
    id: 'pip-version-missing',
    match: String.raw`No matching distribution found for (?<package>[\w.<>=!~,\[\]+-]{1,120})`,
    say: {
      fr: 'Le dépôt Python n’a pas {package}, ou refuse de le donner\u00a0: pip ne dit pas la différence.',
      en: 'The Python index does not have {package}, or refuses to give it: pip does not tell the difference.',
    },
    do: {
      fr: '«\u00a0env | grep ^PIP_\u00a0» et /etc/pip.conf disent quel dépôt. Ouvrez son adresse avec curl -I\u00a0: 200 sans cette version, miroir incomplet\u00a0; 401 ou 403, compte\u00a0; 5xx, panne. Puis réessayez.',
      en: '“env | grep ^PIP_” and /etc/pip.conf tell which index. Open its address with curl -I: 200 without this version, an incomplete mirror; 401 or 403, the account; 5xx, out of order. Then try again.',
    },
  },
  {
    id: 'pip-build-failed',
    match: String.raw`Failed (?:to build|building wheel for) '?(?<package>[\w.-]{1,80})`,
    say: {
      fr: 'Un paquet Python n’a pas pu être construit\u00a0: {package}.',
      en: 'A Python package could not be built: {package}.',
    },
    do: {
      fr: 'L’erreur du compilateur est plus haut dans le journal de l’étape\u00a0; il manque le plus souvent un paquet de Debian en -dev. Puis réessayez.',
      en: 'The compiler’s error is further up in the log of the step; most often a Debian package ending in -dev is missing. Then try again.',
    },
  },
  {
    id: 'python-module-missing',
    match: String.raw`No module named '?(?<module>[\w.]{1,80})`,
    say: {
      fr: 'Il manque une bibliothèque Python dans l’environnement\u00a0: {module}.',
      en: 'A Python library is missing from the environment: {module}.',
    },
    do: {
      fr: 'Quelque chose l’a retirée ou l’installation s’est arrêtée au milieu\u00a0: revenez à l’étape qui installe les bibliothèques, ou lancez pip check dans l’environnement.',
      en: 'Something removed it, or the installation stopped half-way: go back to the step that installs the libraries, or run pip check in the environment.',
    },
  },
];
