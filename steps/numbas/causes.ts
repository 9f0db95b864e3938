/** Ways to fail that only Numbas has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [
  {
    id: 'numbas-branch-missing',
    steps: ['python-floor'],
    match: "couldn't find remote ref (?<ref>\\S{1,100})",
    say: {
      fr: 'Le dépôt n’a ni branche ni étiquette {ref}.',
      en: 'The repository has neither a branch nor a tag {ref}.',
    },
    do: {
      fr: '«\u00a0git ls-remote\u00a0» suivi de l’adresse du dépôt liste ce qu’il a. Corrigez la réponse BRANCH ou REF, puis réessayez.',
      en: '“git ls-remote” followed by the address of the repository lists what it has. Correct the answer BRANCH or REF, then try again.',
    },
  },
  {
    id: 'numbas-old-layout',
    steps: ['python-floor'],
    match: 'Django 3$|settings\\.py\\.dist',
    say: {
      fr: 'Cette branche est d’avant la 4.0\u00a0: son Django n’est plus corrigé, et ses réglages ont une autre forme.',
      en: 'This branch is from before 4.0: its Django gets no fixes any more, and its settings have another form.',
    },
    do: {
      fr: 'Prenez v4_STABLE (réponse BRANCH).',
      en: 'Take v4_STABLE (answer BRANCH).',
    },
  },
  {
    id: 'numbas-python-too-old',
    steps: ['python-floor'],
    match:
      'Django (?<django>\\d+) needs Python (?<floor>[\\d.]+); (?<path>/\\S{1,200}) is (?<version>[\\d.]+)',
    say: {
      fr: 'Cette branche demande Django {django}, donc Python {floor}\u00a0; {path} est un Python {version}.',
      en: 'This branch needs Django {django}, and so Python {floor}; {path} is a Python {version}.',
    },
    do: {
      fr: 'Indiquez un autre Python (réponse PYTHON), ou un commit plus ancien (BRANCH = other, et REF).',
      en: 'Name another Python (answer PYTHON), or an older commit (BRANCH = other, and REF).',
    },
  },
  {
    id: 'numbas-name-refused',
    steps: ['supervisord', 'nginx-vhost', 'ready'],
    match: String.raw`^problem: \S{1,200}: (400|500) ≠`,
    say: {
      fr: 'Numbas répond par une erreur. D’ordinaire, ce nom n’est pas celui d’ALLOWED_HOSTS dans settings.py.',
      en: 'Numbas answers with an error. As a rule, this name is not that of ALLOWED_HOSTS in settings.py.',
    },
    do: {
      fr: 'Corrigez la réponse DOMAIN, ou remettez settings.py comme il était, puis réessayez. Sinon, /var/log/supervisor/numbas_lti_daphne_stderr.log dit pourquoi.',
      en: 'Correct the answer DOMAIN, or put settings.py back as it was, then try again. If it is not that, /var/log/supervisor/numbas_lti_daphne_stderr.log says why.',
    },
  },
  {
    id: 'numbas-gateway',
    steps: ['nginx-vhost', 'ready'],
    match: String.raw`^problem: \S{1,200}: 50[234] ≠`,
    say: {
      fr: 'Le serveur web répond, mais pas Numbas derrière lui. Sous SELinux, il lui faut le droit de s’y connecter.',
      en: 'The web server answers, but Numbas behind it does not. Under SELinux it needs the right to connect there.',
    },
    do: {
      fr: '«\u00a0supervisorctl status\u00a0» dit si les processus tournent\u00a0; «\u00a0getsebool httpd_can_network_connect\u00a0» doit dire on. Puis réessayez.',
      en: '“supervisorctl status” says whether the processes run; “getsebool httpd_can_network_connect” has to say on. Then try again.',
    },
  },
];
