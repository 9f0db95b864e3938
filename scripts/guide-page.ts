/** A guide's page in docs/guides/: what it does, asks, leaves to a person, takes back, from its data alone. */
import type { Item, Operation, OperationOf, Public } from '../src/guide/kinds.ts';
import type { Cond, Erratum, Guide, Initial, Lang, Question } from '../src/guide/types.ts';
import { lineRanges } from '../src/i18n/numbers.ts';
import { type PageWords, pageWords } from './guide-page-words.ts';

/** An operation with the conditions of its chapter, its step and itself. */
interface Placed {
  readonly op: Operation;
  readonly when: string;
}

/** What people write beside the data: before it, and after it. */
export interface ByHand {
  readonly before: string;
  readonly after: string;
}

/** The whole page. */
export function guidePage(guide: Guide, lang: Lang, { before, after }: ByHand): string {
  const words = pageWords[lang];
  const placed = placedOf(guide, words);
  const parts = [
    `<!-- ${words.made} -->`,
    `# ${guide.title[lang]}${lang === 'fr' ? '\u00a0' : ''}: ${guide.summary[lang]}`,
    words.other(`${guide.id}${lang === 'fr' ? '' : '.fr'}.md`),
    before,
    section(words.where, whereLines(guide, lang, words)),
    section(words.does, [words.doesNote, '', ...doesLines(placed, words)]),
    section(
      words.asks,
      guide.topics.flatMap((topic) => topicLines(guide, topic.id, topic.title[lang], lang, words)),
    ),
    section(words.hand, handLines(placed, lang, words)),
    section(words.undo, undoLines(guide, placed, lang, words)),
    section(words.errata, errataLines(guide.errata, lang, words)),
    after,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  const text = lines.join('\n').trim();
  return text ? `## ${title}\n\n${text}` : '';
}

function placedOf(guide: Guide, words: PageWords): Placed[] {
  return guide.chapters.flatMap((chapter) =>
    chapter.steps.flatMap((step) => [
      ...step.do.flatMap((one): Placed[] => {
        const around = [chapter.when, step.when, one.when];
        if (!('each' in one)) return [{ op: one, when: onlyIf(around, words) }];
        const when = [words.each(one.each), onlyIf(around, words)].filter(Boolean).join(', ');
        return one.do.map((op) => ({ op, when }));
      }),
      ...(step.remedies ?? []).map(({ do: op }) => ({ op, when: words.remedy })),
    ]),
  );
}

function onlyIf(conds: readonly (Cond | undefined)[], words: PageWords): string {
  const told = new Set(conds.flatMap((cond) => (cond ? [condition(cond, words)] : [])));
  return told.size > 0 ? `${words.only} ${[...told].join(words.and)}` : '';
}

function condition(cond: Cond, words: PageWords): string {
  if ('all' in cond) return cond.all.map((one) => condition(one, words)).join(words.and);
  if ('any' in cond) return `(${cond.any.map((one) => condition(one, words)).join(words.or)})`;
  if (!('not' in cond)) return comparison(cond, '=', words);
  return 'is' in cond.not ? comparison(cond.not, '≠', words) : words.not(condition(cond.not, words));
}

function comparison(cond: Extract<Cond, { is: unknown }>, sign: string, words: PageWords): string {
  const name = 'answer' in cond ? cond.answer : cond.fact;
  const values = cond.is.map((value) => (value ? `\`${value}\`` : '∅'));
  return `\`${name}\` ${sign} ${values.join(words.or)}`;
}

function whereLines(guide: Guide, lang: Lang, words: PageWords): string[] {
  const { source } = guide;
  return [
    ...(source.lines > 0 ? [`- ${words.source(source.title, source.lines, source.updated ?? '')}`] : []),
    `- ${guide.rights === 'root' ? words.root : words.user}`,
    `- ${words.minutes(guide.minutes)}`,
    ...guide.unfit.map(({ say }) => `- ${words.refused(say[lang])}`),
  ];
}

type Place = keyof PageWords['kinds'];

/** Where an operation stands on the page, and its line there. Looking, asking and people have none. */
function effectOf(op: Operation, words: PageWords): readonly [Place, string] | undefined {
  switch (op.kind) {
    case 'file':
      return ['files', `${code(op.path)}${rights(op)}`];
    case 'block':
      return ['files', `${code(op.path)}, ${words.block}`];
    case 'setting':
      return ['files', `${code(op.path)}, ${code(op.name)}`];
    case 'host-name':
      return ['files', `\`/etc/hostname\`, ${code(op.name)}`];
    case 'hosts-entry':
      return ['files', `\`/etc/hosts\`, ${code(op.address)} ${code(op.name)}`];
    case 'link':
      return ['files', `${code(op.path)} → ${code(op.to)} (${words.link})`];
    case 'directory':
      return ['files', `${code(op.path)} (${words.directory})${rights(op)}`];
    case 'git-checkout':
      return ['files', `${code(op.path)} (${words.directory}, git, ${code(op.ref)})`];
    case 'virtualenv':
      return ['files', `${code(op.path)} (${words.directory}, virtualenv, ${code(op.python)})`];
    case 'packages':
    case 'rpm-packages':
      return ['packages', op.names.map(code).join(' ')];
    case 'rpm-module':
      return ['packages', `dnf module ${code(op.name)}:${code(op.stream)}`];
    case 'apt-repository':
      return ['files', `\`/etc/apt/sources.list.d/${shown(op.name)}.list\` (${code(op.uri)})`];
    case 'debconf-answer':
      return ['packages', `debconf ${code(op.question)} (${code(op.package)})`];
    case 'rpm-repository':
      return ['files', `\`/etc/yum.repos.d/${shown(op.id)}.repo\` (${code(op.baseurl)})`];
    case 'rpm-repository-enabled':
      return ['packages', `dnf repository ${code(op.id)}`];
    case 'pip':
      return [
        'packages',
        [
          `pip (${code(op.venv)})`,
          ...op.packages.map(code),
          ...(op.requirements ? [`-r ${code(op.requirements)}`] : []),
        ].join(' '),
      ];
    case 'unix-user':
      return ['users', `${code(op.name)}, ${code(op.home)}`];
    case 'prosody-account':
      return ['users', `Prosody ${code(op.user)}@${code(op.host)}`];
    case 'sql-database':
      return ['databases', `${op.server.engine} ${code(op.name)}`];
    case 'sql-user':
      return ['databases', `${op.server.engine} ${code(op.name)}${op.from ? `@${code(op.from)}` : ''}`];
    case 'sql-grant':
      return ['databases', `${op.privileges.join(', ')} → ${code(op.user)}, ${code(op.database)}`];
    case 'sql-mode':
      return ['databases', `sql_mode ≠ ${code(op.without)}, ${code(op.dropIn)}`];
    case 'systemd-unit':
      return ['units', code(op.name)];
    case 'supervisor-program':
      return ['units', `${code(op.name)} (supervisor, ${code(op.path)})`];
    case 'firewalld-service':
      return ['firewall', `firewalld ${code(op.service)}${op.zone ? ` (${code(op.zone)})` : ''}`];
    case 'selinux-boolean':
      return ['firewall', `SELinux ${code(op.name)} = ${op.on ? 'on' : 'off'}`];
    case 'apache-module':
      return ['apache', `mod_${op.name}`];
    case 'apache-site':
      return ['apache', `/etc/apache2/sites-available/${op.name}.conf`];
    case 'nginx-site':
      return ['nginx', nginxFiles(op).join(' / ')];
    case 'ufw-rule':
      return ['firewall', `ufw ${op.present === false ? 'delete allow' : 'allow'} ${code(op.allow)}`];
    case 'ufw':
      return ['firewall', 'ufw enable'];
    case 'docker-images':
      return [
        'docker',
        `${op.names.map(code).join(' ')}${op.file === undefined ? '' : ` ← ${code(op.file)}`}${op.build ? ` (${words.built})` : ''}`,
      ];
    case 'compose-project':
      return ['docker', `${words.project(code(op.project), op.services.map(code).join(' '))}`];
    case 'command':
    case 'script':
    case 'terminal':
      return [
        'commands',
        `${op.kind === 'script' ? `${code(op.template)} → ` : ''}${argv(op.run)}${placeOf(op)}`,
      ];
    default:
      return undefined;
  }
}

/** One for each folder that the site may go to. */
function nginxFiles({ name, folder = '' }: OperationOf<'nginx-site'>): string[] {
  const folders = typeof folder === 'string' ? [folder] : [...new Set(Object.values(folder.of))];
  return folders.map((one) => `/etc/nginx/${one ? `${one}/${name}.conf` : `sites-available/${name}`}`);
}

/** As whom, or in which container. */
function placeOf({ as, container }: { as?: Public; container?: Public }): string {
  const place = container ?? as;
  return place ? ` (${code(place)})` : '';
}

function rights({ mode, owner }: { mode?: string; owner?: Public }): string {
  const all = [mode, owner === undefined ? '' : shown(owner)].filter(Boolean).join(' ');
  return all ? ` ${all}` : '';
}

/** A value as it is written; one that depends on something, each of its forms. */
function shown(value: Public): string {
  return typeof value === 'string'
    ? value
    : [...new Set(Object.values(value.of))].filter(Boolean).join(' / ');
}

function code(value: Public): string {
  return `\`${shown(value).replaceAll('`', "'")}\``;
}

function argv(words: readonly Public[]): string {
  const text = words.map(shown).join(' ').replace(/\s+/g, ' ').replaceAll('`', "'");
  return `\`${text.length > 100 ? `${text.slice(0, 99)}…` : text}\``;
}

function doesLines(placed: readonly Placed[], words: PageWords): string[] {
  return (Object.keys(words.kinds) as Place[]).flatMap((place) => {
    const lines = [
      ...new Set(
        placed.flatMap(({ op, when }) => {
          const claims = (op.claims ?? []).filter((claim) => claim.startsWith('port:'));
          if (place === 'ports') return claims.map((claim) => `- \`${claim.slice(5)}\``);
          const effect = effectOf(op, words);
          return effect?.[0] === place ? [`- ${effect[1]}${when ? ` — ${when}` : ''}`] : [];
        }),
      ),
    ];
    return lines.length > 0 ? [`### ${words.kinds[place]}`, '', ...lines, ''] : [];
  });
}

function topicLines(guide: Guide, topic: string, title: string, lang: Lang, words: PageWords): string[] {
  const rows = guide.questions
    .filter((question) => question.topic === topic)
    .map((question) => {
      const { id, ask, help, example, when, of = {} } = question;
      const cols = Object.entries(of)
        .map(([name, column]) => `\`${name}\` ${column.ask[lang]}`)
        .join(', ');
      const said = [ask[lang], help?.[lang], cols, onlyIf([when], words)].filter(Boolean).join(' · ');
      const cells = [`\`${id}\``, said, example ? `\`${example}\`` : '', defaultOf(question, lang, words)];
      return `| ${cells.map(cell).join(' | ')} |`;
    });
  return rows.length > 0 ? [`### ${title}`, '', words.columns, '| --- | --- | --- | --- |', ...rows, ''] : [];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

function defaultOf(
  { kind, initial, generate, optional, later, choices }: Question,
  lang: Lang,
  words: PageWords,
): string {
  const label = (value: string) => {
    const choice = choices?.find((one) => one.value === value);
    return choice ? `\`${value}\` (${choice.label[lang]})` : `\`${value}\``;
  };
  const others = choices?.map(({ value }) => `\`${value}\``).join(', ') ?? '';
  return [
    kind === 'password' ? words.secret : '',
    generate ? words.generated : '',
    initial === undefined ? '' : initialText(initial, words, label),
    others ? `[${others}]` : '',
    optional ? words.optional : '',
    later ? words.later : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function initialText(initial: Initial, { from }: PageWords, label: (value: string) => string): string {
  if (typeof initial === 'string') return initial && label(initial);
  if ('of' in initial) return [...new Set(Object.values(initial.of))].filter(Boolean).map(label).join(' / ');
  if ('fact' in initial) return from.fact;
  if ('hostOf' in initial) return `${from.hostOf} \`${initial.hostOf}\``;
  if ('parentDomainOf' in initial) return `${from.parentDomainOf} \`${initial.parentDomainOf}\``;
  return 'same' in initial ? `${from.same} \`${initial.same}\`` : `\`${initial.filled}\``;
}

function handLines(placed: readonly Placed[], lang: Lang, words: PageWords): string[] {
  return placed.flatMap(({ op, when }) => {
    if (op.kind === 'checklist') return op.items.flatMap((item) => itemLines(item, when, lang, words));
    if (op.kind === 'terminal') return [`- ${argv(op.run)}${when ? ` — ${when}` : ''}`];
    return [];
  });
}

function itemLines(item: Item, when: string, lang: Lang, words: PageWords): string[] {
  const notes = [
    item.proof ? words.proven : '',
    item.gives ? words.gives(item.gives) : '',
    item.optional ? words.notNeeded : '',
    [when, onlyIf([item.when], words)].filter(Boolean).join(', '),
  ].filter(Boolean);
  const fields = (item.fields ?? []).map(
    ({ label, value }) => `  - ${[label, code(value)].filter(Boolean).join(' = ')}`,
  );
  return [`- ${item.text[lang]}${notes.length > 0 ? ` (${notes.join(' · ')})` : ''}`, ...new Set(fields)];
}

function undoLines(guide: Guide, placed: readonly Placed[], lang: Lang, words: PageWords): string[] {
  const data = placed.flatMap(({ op }) => {
    if (op.kind === 'directory' && op.holdsData) return [code(op.path)];
    if (op.kind === 'compose-project') return [words.volumes(code(op.project))];
    return op.kind === 'sql-database' ? [code(op.name)] : [];
  });
  const said = (form: 'never' | 'none') =>
    placed.flatMap(({ op }) => {
      if (!('undo' in op)) return [];
      const text =
        'never' in op.undo && form === 'never'
          ? op.undo.never
          : 'none' in op.undo && form === 'none'
            ? op.undo.none
            : undefined;
      return text ? [`- ${argv(op.run)}${lang === 'fr' ? '\u00a0' : ''}: ${text[lang]}`] : [];
    });
  const list = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ['', title, '', ...new Set(lines)] : [];
  return [
    words.undoHow(guide.id),
    ...list(
      words.kept,
      data.map((one) => `- ${one}`),
    ),
    ...list(words.never, said('never')),
    ...list(words.leaves, said('none')),
  ];
}

function errataLines(errata: readonly Erratum[], lang: Lang, words: PageWords): string[] {
  return (Object.keys(words.severities) as Erratum['severity'][]).flatMap((severity) => {
    const mine = errata.filter((one) => one.severity === severity);
    if (mine.length === 0) return [];
    const lines = mine.flatMap(({ id, source, says, does, literal }) => [
      `- \`${id}\`${source.length > 0 ? ` (${words.lines} ${lineRanges(source)})` : ''}`,
      `  - ${words.pair(words.says, says[lang])}`,
      `  - ${words.pair(words.doesInstead, does[lang])}`,
      ...(literal ? [`  - ${words.literal(id)}`] : []),
    ]);
    return [`### ${words.severities[severity]}`, '', ...lines, ''];
  });
}
