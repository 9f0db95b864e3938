/** Every screen with made-up data: to look at (`node scripts/story.mjs NAME [fr|en] [ascii] [mono]`) and for the tests. */
import { isOnTrial } from '../src/i18n/texts/firewall.ts';
import {
  type AccountsDesk,
  type Connection,
  type Decision,
  type Desk,
  emptyView,
  type FormField,
  type HomeEntry,
  type PlanOperation,
  type PlanStep,
  type StepView,
  type Text,
  type TodoItem,
  type View,
} from '../src/run/protocol.ts';

const both = (fr: string, en: string): Text => ({ fr, en });
const same = (text: string): Text => ({ fr: text, en: text });

/** A connection without an engine: shows what it is given, keeps what it is told. */
export class FakeConnection implements Connection {
  readonly sent: Decision[] = [];
  readonly #listeners = new Set<() => void>();
  #view: View;
  isClosed = false;
  isLost = false;

  constructor(view: View) {
    this.#view = view;
  }

  view(): View {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(decision: Decision): void {
    this.sent.push(decision);
  }

  close(): void {
    this.isClosed = true;
  }

  lost(): boolean {
    return this.isLost;
  }

  /** What the engine would do: the next picture. */
  show(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change, seq: this.#view.seq + 1 };
    for (const listener of this.#listeners) listener();
  }
}

const chapters = {
  needs: both('Prérequis', 'Requirements'),
  database: both('Base de données', 'Database'),
  config: both('Configuration', 'Configuration'),
  app: same('Pretix'),
  apache: both('Reverse proxy Apache', 'Apache reverse proxy'),
  hands: both('Mise en service', 'Going live'),
};

const base: View = {
  ...emptyView,
  run: '20261103-141200-pretix',
  guide: 'pretix',
  title: same('Pretix'),
  live: true,
  decides: true,
  logs: '/var/lib/setup-wizard/runs/20261103-141200-pretix/logs',
  resume: '/var/lib/setup-wizard/program/0.1.0/setup-wizard resume pretix',
  opened: '2026-11-03T14:12:00.000Z',
};

function field(id: string, topic: string, ask: Text, more: Partial<FormField> = {}): FormField {
  return {
    id,
    topic,
    kind: 'text',
    ask,
    source: [[88, 88]],
    value: '',
    given: false,
    optional: false,
    canGenerate: false,
    choices: [],
    uses: [],
    ...more,
  };
}

const fields: readonly FormField[] = [
  field('BDD_WHERE', 'database', both('Où est la base\u00a0?', 'Where is the database?'), {
    kind: 'choice',
    value: 'local',
    given: true,
    from: 'default',
    choices: [
      { value: 'local', label: both('sur cette machine', 'on this machine') },
      { value: 'remote', label: both('ailleurs', 'elsewhere') },
      {
        value: 'docker',
        label: same('Docker'),
        unfit: both(
          'Docker n’est pas installé sur cette machine.',
          'Docker is not installed on this machine.',
        ),
      },
    ],
  }),
  field('BDD_HOST', 'database', both('Serveur', 'Server'), {
    value: 'localhost',
    given: true,
    from: 'default',
    example: 'mysql.univ.example',
    source: [
      [88, 88],
      [124, 131],
    ],
    help: both(
      'Le serveur MySQL ou MariaDB qui tient la base de Pretix.',
      'The MySQL or MariaDB server that holds the Pretix database.',
    ),
    uses: [
      both('Créer la base et son compte', 'Create the database and its account'),
      both('Écrire pretix.cfg', 'Write pretix.cfg'),
      both('Installer le serveur de base de données', 'Install the database server'),
    ],
  }),
  field('BDD_USER', 'database', both('Compte', 'Account'), {
    value: 'pretix',
    given: true,
    from: 'person',
  }),
  field('BDD_PASSWORD', 'database', both('Mot de passe de ce compte', 'Password of this account'), {
    kind: 'secret',
    given: true,
    from: 'generated',
    canGenerate: true,
    help: both(
      'Sert à\u00a0: /etc/pretix/pretix.cfg [database] password et CREATE USER. Le guide réutilise ksup-admin\u00a0: son mot de passe donnerait aussi accès à K-Sup.',
      'Used in /etc/pretix/pretix.cfg [database] password and CREATE USER. The guide reuses ksup-admin: its password would also open K-Sup.',
    ),
  }),
  field(
    'BDD_ADMIN_PASSWORD',
    'database',
    both(
      'Mot de passe du compte administrateur MySQL existant',
      'Password of the existing MySQL administrator account',
    ),
    {
      kind: 'secret',
      optional: true,
    },
  ),
  field('PUBLIC_URL', 'address', both('Adresse publique', 'Public address'), {
    value: 'inscription.mon-univ.fr',
    given: true,
    from: 'person',
    example: 'https://inscription.mon-univ.fr',
    problem: both('Une adresse complète commence par https://', 'A complete address begins with https://'),
  }),
  field('MAIL_FROM', 'address', both('Expéditeur des courriels', 'Sender of e-mails'), {
    problem: both('Il faut une adresse de courriel.', 'An e-mail address is needed.'),
  }),
];

const questions: View = {
  ...base,
  need: 'answers',
  form: {
    topics: [
      { id: 'database', title: chapters.database },
      { id: 'address', title: both('Adresses', 'Addresses') },
    ],
    fields,
    open: ['PUBLIC_URL', 'MAIL_FROM'],
  },
};

const users = field('USERS', 'people', both('Comptes à créer', 'Accounts to create'), {
  kind: 'list',
  given: true,
  from: 'file',
  help: both(
    'Un compte par personne qui administre. Le mot de passe peut être généré.',
    'One account for each administrator. The password can be generated.',
  ),
  uses: [both('Créer les comptes', 'Create the accounts')],
  columns: [
    { name: 'name', label: both('Nom', 'Name'), secret: false, example: 'alice' },
    { name: 'mail', label: both('Courriel', 'E-mail'), secret: false, example: 'alice@mon-univ.fr' },
    { name: 'password', label: both('Mot de passe', 'Password'), secret: true, canGenerate: true },
  ],
  rows: [
    { cells: { name: 'alice', mail: 'alice@mon-univ.fr', password: '' }, given: ['password'] },
    {
      cells: { name: 'bob', mail: 'bob', password: '' },
      given: [],
      problem: both(
        'Courriel\u00a0: une adresse complète est nécessaire, comme bob@mon-univ.fr.',
        'E-mail: a complete address is needed, such as bob@mon-univ.fr.',
      ),
    },
  ],
  problem: both('Ligne 2\u00a0: voyez le courriel.', 'Row 2: see the e-mail.'),
});

/** A form with a list in it. */
const list: View = {
  ...base,
  need: 'answers',
  form: {
    topics: [{ id: 'people', title: both('Personnes', 'People') }],
    fields: [
      field('TEAM', 'people', both('Nom de l’équipe', 'Name of the team'), {
        value: 'events',
        given: true,
        from: 'default',
      }),
      users,
    ],
    open: ['USERS'],
  },
};

/** What was found beside a form, in all its states. */
const liveChecks: View['liveChecks'] = [
  {
    id: 'db',
    topic: 'database',
    state: 'good',
    say: both(
      'MariaDB 10.11.14 répond, connexion de root acceptée\u00a0; sql_mode contient ONLY_FULL_GROUP_BY.',
      'MariaDB 10.11.14 answers, signed in as root; sql_mode has ONLY_FULL_GROUP_BY.',
    ),
  },
  {
    id: 'shared',
    topic: 'database',
    state: 'looking',
    say: both('Connexion à MariaDB (localhost)…', 'Signing in to MariaDB (localhost)…'),
  },
  {
    id: 'dns',
    topic: 'address',
    state: 'unknown',
    say: both(
      'inscription.mon-univ.fr mène à 192.0.2.7, qui n’est pas une adresse de cette machine (10.0.0.5)\u00a0: c’est juste si un routeur ou un frontal se trouve entre les deux.',
      'inscription.mon-univ.fr leads to 192.0.2.7, which is not an address of this machine (10.0.0.5): right if a router or proxy stands in between.',
    ),
  },
  {
    id: 'smtp',
    topic: 'address',
    state: 'bad',
    say: both(
      'localhost:25 refuse la connexion\u00a0: aucun serveur n’écoute là pour l’instant.',
      'localhost:25 refuses the connection: no server listens there for now.',
    ),
  },
];

function operation(key: string, title: Text, more: Partial<PlanOperation> = {}): PlanOperation {
  return { key, kind: 'file', title, change: 'change', commands: [], diff: '', ...more };
}

function planned(id: string, title: Text, chapter: Text, more: Partial<PlanStep> = {}): PlanStep {
  return { id, title, chapter, source: [[77, 84]], errata: [], manual: false, operations: [], ...more };
}

const sharedAccount = {
  id: 'shared-account',
  security: true,
  says: both(
    'réutilise le compte ksup-admin pour la base de Pretix.',
    'reuses the account ksup-admin for the Pretix database.',
  ),
  does: both(
    'un compte propre à Pretix, limité à sa base.',
    'an account of Pretix’s own, limited to its database.',
  ),
};

const siteDiff = [
  '@@ -1,3 +1,40 @@',
  ' <VirtualHost *:80>',
  '-  ServerName localhost',
  '+  ServerName inscription.mon-univ.fr',
  ...Array.from({ length: 30 }, (_, index) => `+  ProxyPass /part-${index + 1} !`),
  '+  ErrorLog "/var/log/apache2/pretix-error.log"',
  ' </VirtualHost>',
  '',
].join('\n');

const steps: readonly PlanStep[] = [
  planned(
    'needs',
    both('Version de Python, place sur le disque', 'Python version, room on the disk'),
    chapters.needs,
    {
      operations: [
        operation('check:python', same('Python ≥ 3.11'), { change: 'none', kind: 'check' }),
        operation('check:disk', both('2 Go libres', '2 GB free'), { change: 'none', kind: 'check' }),
      ],
    },
  ),
  planned(
    'database',
    both('Créer la base et son compte', 'Create the database and its account'),
    chapters.database,
    {
      errata: [sharedAccount],
      operations: [
        operation('mysql:db/pretix', both('Créer la base pretix', 'Create the database pretix'), {
          commands: [['mysql', '-e', 'CREATE DATABASE `pretix` CHARACTER SET utf8mb4']],
        }),
        operation(
          'mysql:user/pretix@localhost',
          both('Créer le compte pretix@localhost', 'Create the account pretix@localhost'),
          {
            commands: [['mysql', '-e', "CREATE USER 'pretix'@'localhost' IDENTIFIED BY '••••••••'"]],
          },
        ),
      ],
    },
  ),
  planned('config-dir', both('Créer /etc/pretix', 'Create /etc/pretix'), chapters.config, {
    errata: [
      {
        id: 'world-readable',
        security: true,
        says: both('laisse /etc/pretix lisible par tous.', 'leaves /etc/pretix readable by all.'),
        does: both('root:pretix, 0750.', 'root:pretix, 0750.'),
      },
    ],
    operations: [
      operation(
        'dir:/etc/pretix',
        both('Répertoire /etc/pretix, root:pretix 0750', 'Directory /etc/pretix, root:pretix 0750'),
      ),
    ],
  }),
  planned('config', both('Écrire pretix.cfg', 'Write pretix.cfg'), chapters.config, {
    why: both(
      'Toute la configuration de Pretix tient dans ce fichier.',
      'All of Pretix’s configuration is in this file.',
    ),
    source: [[86, 131]],
    says: 'Puis il faut alimenter le fichier pretix.cfg avec les données suivantes…',
    operations: [
      operation(
        'file:/etc/pretix/pretix.cfg',
        both('Fichier /etc/pretix/pretix.cfg, nouveau', 'File /etc/pretix/pretix.cfg, new'),
        {
          diff: '@@ -0,0 +1,5 @@\n+[database]\n+backend=mysql\n+name=pretix\n+user=pretix\n+password=••••••••\n',
          reason: both(
            'Le mot de passe n’est jamais affiché ni journalisé.',
            'The password is never shown nor logged.',
          ),
        },
      ),
    ],
  }),
  planned('migrate', both('Créer les tables', 'Create the tables'), chapters.app, {
    source: [[150, 152]],
    operations: [
      operation('cmd:migrate', same('python -m pretix migrate'), {
        commands: [['/var/pretix/venv/bin/python', '-m', 'pretix', 'migrate']],
        irreversible: both(
          'migrate change le schéma\u00a0; une sauvegarde de la base est faite avant.',
          'migrate changes the schema; the database is dumped first.',
        ),
      }),
    ],
  }),
  planned('styles', same('updatestyles'), chapters.app, {
    operations: [
      operation('cmd:updatestyles', same('python -m pretix updatestyles'), {
        change: 'unknown',
        reason: both('inconnu avant migrate', 'unknown before migrate'),
      }),
    ],
  }),
  planned('site', both('Site Apache', 'Apache site'), chapters.apache, {
    source: [[160, 214]],
    errata: [
      {
        id: 'ssl-protocols',
        security: true,
        says: both('accepte TLS 1.0 et 1.1.', 'accepts TLS 1.0 and 1.1.'),
        does: both('TLS 1.2 au moins.', 'TLS 1.2 or better.'),
      },
      {
        id: 'old-header',
        security: true,
        says: both('pose X-Forwarded-For sans le vider.', 'sets X-Forwarded-For without clearing it.'),
        does: both('l’en-tête du client est remplacé.', 'the client’s header is replaced.'),
      },
    ],
    says: 'Exemple de configuration Apache : /etc/apache2/sites-available/pretix',
    operations: [operation('apache:site/pretix', both('Site pretix', 'Site pretix'), { diff: siteDiff })],
  }),
  planned('licence', both('Conformité AGPLv3', 'AGPLv3 compliance'), chapters.hands, {
    manual: true,
    operations: [
      operation('todo:licence', both('Déclarer la licence', 'Declare the licence'), {
        change: 'person',
        kind: 'checklist',
      }),
    ],
  }),
];

const plan: View = { ...base, need: 'consent', plan: { guide: 'pretix', hash: 'abc123', steps } };

function stepView(
  id: string,
  title: Text,
  chapter: Text,
  state: StepView['state'],
  from: number,
  seconds: number,
): StepView {
  const at = (offset: number) => new Date(Date.parse(base.opened) + offset * 1000).toISOString();
  const isOver = state !== 'to-come' && state !== 'running';
  return {
    id,
    title,
    chapter,
    state,
    changed: state === 'done' ? seconds % 3 : 0,
    reason: state === 'skipped' ? 'une autre équipe s’en charge' : '',
    began: state === 'to-come' ? '' : at(from),
    ended: isOver ? at(from + seconds) : '',
    manual: false,
  };
}

const runSteps: readonly StepView[] = [
  stepView(
    'needs',
    both('Version de Python, place sur le disque', 'Python version, room on the disk'),
    chapters.needs,
    'done',
    0,
    3,
  ),
  stepView(
    'database',
    both('Créer la base et son compte', 'Create the database and its account'),
    chapters.database,
    'done',
    3,
    1,
  ),
  stepView('backup', both('Sauvegarde de nuit', 'Nightly backup'), chapters.database, 'skipped', 4, 0),
  stepView('config', both('Écrire pretix.cfg', 'Write pretix.cfg'), chapters.config, 'done', 5, 1),
  stepView(
    'venv',
    both('Environnement Python dans /var/pretix/venv', 'Python environment in /var/pretix/venv'),
    chapters.app,
    'done',
    6,
    10,
  ),
  stepView('pip', same('pip install pretix==4.20.4'), chapters.app, 'running', 20, 0),
  stepView('migrate', both('Créer les tables', 'Create the tables'), chapters.app, 'to-come', 0, 0),
  stepView('site', both('Site Apache', 'Apache site'), chapters.apache, 'to-come', 0, 0),
  stepView('licence', both('Conformité AGPLv3', 'AGPLv3 compliance'), chapters.hands, 'to-come', 0, 0),
];

const output = [
  '$ /var/pretix/venv/bin/pip install pretix==4.20.4 (pretix)',
  'Collecting celery==5.2.7',
  '  Downloading celery-5.2.7-py3-none-any.whl (405 kB)',
  ...Array.from(
    { length: 30 },
    (_, index) => `  Downloading part-${index + 1}-py3-none-any.whl (${index * 17 + 9} kB)`,
  ),
  'Building wheels for collected packages: mysqlclient',
  '  Building wheel for mysqlclient (pyproject.toml): started',
  '  \u001b[33mBuilding wheel for mysqlclient (pyproject.toml): still running...\u001b[0m',
];

const run: View = {
  ...base,
  steps: runSteps,
  expected: { steps: { pip: 95_000, migrate: 60_000, site: 4_000, licence: 0 }, minutes: 9 },
  plan: plan.plan,
  lines: output,
  operation: {
    step: 'pip',
    key: 'pip:/var/pretix/venv',
    title: both('3 paquets dans /var/pretix/venv', '3 packages in /var/pretix/venv'),
  },
};

const failedSteps = runSteps.map((step) =>
  step.id === 'pip' ? { ...step, state: 'failed' as const, ended: step.began } : step,
);

const failure: View = {
  ...run,
  need: 'failure',
  steps: failedSteps,
  error: {
    step: 'pip',
    error: {
      code: 'command-failed',
      values: {
        command: '/var/pretix/venv/bin/pip install gunicorn mysqlclient',
        code: '1',
        lastLine: 'error',
      },
      cause: {
        id: 'no-pkg-config',
        say: both(
          'pkg-config n’est pas installé, et mysqlclient en a besoin pour se compiler.',
          'pkg-config is not installed, and mysqlclient needs it to be built.',
        ),
        do: both(
          'installez pkg-config dans un shell (apt install pkg-config), puis réessayez.',
          'install pkg-config in a shell (apt install pkg-config), then try again.',
        ),
      },
      lastLines: [
        '  error: subprocess-exited-with-error',
        '  × Getting requirements to build wheel did not run successfully.',
        '  Exception: Can not find valid pkg-config name.',
        '  Specify MYSQLCLIENT_CFLAGS and MYSQLCLIENT_LDFLAGS env vars manually',
      ],
    },
  },
};

const todo: readonly TodoItem[] = [
  {
    item: 'admin-password',
    step: 'hands',
    text: both('Changer le mot de passe d’admin@localhost', 'Change the password of admin@localhost'),
    at: '',
    fields: [],
    done: true,
    proven: true,
    provable: true,
    optional: false,
    note: '',
    by: 'setup-wizard',
    when: '2026-11-03T14:12:20.000Z',
  },
  {
    item: 'licence',
    step: 'hands',
    text: both('Déclarer la conformité AGPLv3', 'Declare AGPLv3 compliance'),
    at: 'https://inscription.mon-univ.fr/control/global/license/',
    fields: [
      {
        label: 'Usage of pretix',
        value:
          'I only use pretix to organize events which are executed by my own company or its affiliated companies, or to sell products sold by my own company.',
        secret: false,
      },
      {
        label: 'Licence choice',
        value:
          'I want to use pretix under the terms of the AGPLv3 license without restriction on the scope of usage and therefore without making use of additional permission.',
        secret: false,
        note: both(
          'C’est votre déclaration\u00a0: l’assistant ne la remplit que si vous le demandez.',
          'This is your declaration: the wizard fills it in only if you ask for it.',
        ),
      },
      { label: 'Footer', value: 'Kosmos Education', secret: false },
    ],
    done: false,
    proven: false,
    provable: true,
    optional: false,
    note: '',
    by: '',
    when: '',
    problem: both(
      'La page répond encore «\u00a0licence non déclarée\u00a0».',
      'The page still says “licence not declared”.',
    ),
  },
  {
    item: 'token',
    step: 'hands',
    text: both('Créer le jeton d’API «\u00a0ksup\u00a0»', 'Create the API token “ksup”'),
    at: 'https://inscription.mon-univ.fr/control/organizer/events/teams',
    fields: [{ label: 'Team password', value: '••••••••', secret: true }],
    done: false,
    proven: false,
    optional: false,
    note: '',
    by: '',
    when: '',
    gives: 'KSUP_TOKEN',
  },
  {
    item: 'logo',
    step: 'hands',
    text: both('Mettre le logo de l’établissement', 'Put the logo of your institution'),
    at: '',
    fields: [],
    done: true,
    proven: false,
    optional: true,
    note: both('demandé à la com', 'asked the press office').fr,
    by: 'camille',
    when: '2026-11-03T14:12:10.000Z',
  },
];

const allDone = runSteps.map(
  (step): StepView => ({ ...step, state: step.state === 'skipped' ? 'skipped' : 'done', changed: 2 }),
);
const address = both(
  'Pretix répond à https://inscription.mon-univ.fr/control — compte admin@localhost.',
  'Pretix answers at https://inscription.mon-univ.fr/control — account admin@localhost.',
);

const undone: View['undone'] = [
  { key: 'file:/etc/pretix/pretix.cfg', outcome: 'undone' },
  { key: 'dir:/etc/pretix', outcome: 'undone' },
  {
    key: 'pkg:redis-server',
    outcome: 'kept',
    reason: both('Un autre guide s’en sert\u00a0: OnTask.', 'Another guide needs it: OnTask.'),
  },
];

/** By name: the picture that each screen is made from. */
export const stories: Readonly<Record<string, View>> = {
  connecting: emptyView,
  questions: { ...questions, liveChecks },
  list,
  plan,
  'plan-again': {
    ...plan,
    expected: { steps: { database: 4000, config: 2000, migrate: 181_000, site: 9000 }, minutes: 20 },
    plan: {
      guide: 'pretix',
      hash: 'abc124',
      steps: steps.map((step) => (['config', 'site'].includes(step.id) ? { ...step, reopened: true } : step)),
    },
  },
  'plan-rollback': {
    ...plan,
    kind: 'rollback',
    plan: {
      guide: 'pretix',
      hash: 'abc123',
      steps: steps.slice(1, 4).map((step) => ({
        ...step,
        errata: [],
        operations: step.operations.map((one) => ({
          ...one,
          change: 'undo' as const,
          commands: [],
          diff: '',
        })),
      })),
    },
  },
  run,
  busy: { ...base, busy: both('Examen de la machine…', 'Looking at the machine…') },
  rollback: { ...base, kind: 'rollback', undone },
  failure,
  checklist: { ...run, need: 'checklist', todo },
  conflict: {
    ...base,
    kind: 'rollback',
    need: 'conflict',
    conflict: {
      key: 'file:/etc/apache2/sites-available/pretix.conf',
      title: both('Site Apache pretix.conf', 'Apache site pretix.conf'),
      diff: [
        '@@ -3,4 +3,5 @@',
        '   ServerName inscription.mon-univ.fr',
        '-  ServerAdmin dsi@mon-univ.fr',
        '+  ServerAdmin web@mon-univ.fr',
        '+  Timeout 120',
        '   ProxyPreserveHost On',
        '',
      ].join('\n'),
      others: 2,
    },
  },
  terminal: {
    ...base,
    need: 'terminal',
    terminal: {
      step: 'admin',
      title: both('Changer le mot de passe de l’administrateur', 'Change the administrator’s password'),
      argv: ['/usr/bin/passwd', 'pretix'],
      cwd: '/',
      env: {},
      interrupted: true,
    },
  },
  trial: {
    ...base,
    need: 'confirmation',
    trial: {
      step: 'firewall',
      title: both('Configuration du pare-feu', 'Configure the firewall'),
      say: isOnTrial([22, 2222]),
      until: '2026-11-03T14:13:37.000Z',
      limit: 59_000,
    },
  },
  finished: {
    ...run,
    steps: allDone,
    operation: null,
    end: {
      state: 'done',
      exit: 0,
      finished: [address],
      report: '/var/lib/setup-wizard/runs/20261103-141200-pretix/report.md',
    },
  },
  'needs-person': {
    ...run,
    steps: allDone,
    todo,
    warnings: [
      {
        step: 'site',
        say: both('Le certificat expire dans 12 jours.', 'The certificate expires in 12 days.'),
      },
    ],
    end: {
      state: 'needs-person',
      exit: 4,
      finished: [address],
      report: '/var/lib/setup-wizard/runs/20261103-141200-pretix/report.md',
    },
  },
  failed: { ...failure, need: null, end: { state: 'failed', exit: 1, finished: [], report: '' } },
  'rolled-back': {
    ...base,
    kind: 'rollback',
    undone,
    end: { state: 'rolled-back', exit: 0, finished: [], report: '' },
  },
};

const accountsSeen = (
  [
    ['alice', true, 'enabled'],
    ['bob', true, 'enabled'],
    ['carol', false, 'enabled'],
    ['dave', true, 'missing'],
    ['eve', true, 'disabled'],
  ] as const
).map(([name, known, state]) => ({ name, account: `${name}@meet.example.org`, known, state }));

/** The home screen of a machine that has seen something. */
export const homeStory: readonly HomeEntry[] = [
  {
    action: 'install',
    guide: 'jitsi',
    title: same('Jitsi Meet'),
    summary: both('visioconférence', 'video conferences'),
    state: 'new',
    minutes: 12,
    done: 0,
    total: 41,
  },
  {
    action: 'install',
    guide: 'numbas',
    title: same('Numbas LTI'),
    summary: both('exercices notés', 'graded exercises'),
    state: 'new',
    minutes: 15,
    done: 0,
    total: 38,
    unfit: both('Debian 13 requis', 'needs Debian 13'),
  },
  {
    action: 'practice',
    guide: 'practice',
    title: both('Un guide pour rire', 'A guide for practice'),
    summary: both('sans risque, sans root', 'harmless, without root'),
    state: 'new',
    minutes: 2,
    done: 0,
    total: 7,
  },
  {
    action: 'verify',
    guide: 'ontask',
    accounts: true,
    title: same('OnTask 11.1'),
    summary: both('', ''),
    state: 'done',
    since: '2026-11-02T22:41:00.000Z',
    minutes: 20,
    done: 0,
    total: 0,
  },
  {
    action: 'resume',
    guide: 'pretix',
    title: same('Pretix'),
    summary: both('inscriptions', 'registrations'),
    state: 'interrupted',
    since: '2026-11-02T22:41:00.000Z',
    step: 'pip',
    minutes: 20,
    done: 14,
    total: 31,
  },
];

/** A desk where nothing happens. */
export const emptyDesk: Desk = {
  copy: () => {},
  save: async (name) => `/root/${name}`,
  log: () => undefined,
  shell: async () => ({ code: 0, signal: null }),
  edit: async () => undefined,
  run: async () => ({ code: 0, signal: null }),
};

export const noAccounts: AccountsDesk = {
  list: async () => ({ refused: both('Aucun compte.', 'No accounts.') }),
  refusal: async () => undefined,
  change: async () => ({ ok: true, say: both('', '') }),
};

/** The accounts of a server that has been lived in; a change is one of the picture only. */
export const accountsStory: AccountsDesk = {
  ...noAccounts,
  list: async () => ({ host: 'meet.example.org', accounts: accountsSeen }),
};
