/**
 * Services of a project of Docker Compose: their containers run, and are healthy where something tells.
 *
 * 1. Containers are those of the files as they are: made anew when one of these, or their image, has changed since.
 * 2. It is done when each service is healthy, or has run for a while without ending; what it said last is shown if not.
 * 3. `undo` takes away the containers, volumes and networks that were not there; what is in volumes goes to `kept/`
 *    first. Services that were there come back from the files and images that they had.
 * 4. The environment of containers is never in a log, a journal or an argument.
 *
 * Proven by test/operations/system/compose-project.test.ts and test/lab/docker.test.ts.
 */
import { isDeepStrictEqual } from 'node:util';
import * as texts from '../i18n/texts/docker.ts';
import { runIn } from '../i18n/texts/operations.ts';
import { argvOf } from './shared/called.ts';
import { dumpContainers } from './shared/compose-dump.ts';
import { awaitHealthy, isUp, stateOf, usualPatience } from './shared/compose-health.ts';
import { type Before, bringBack, howItWas, removeMade } from './shared/compose-undo.ts';
import {
  type Container,
  compose,
  composeCommand,
  containersOf,
  dockerName,
  imageId,
  networksOf,
  upWords,
  volumesOf,
} from './shared/docker.ts';
import { asRecord, type Inputs, inputsOf, oldInputs } from './shared/inputs.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type ComposeProject = Op<'compose-project'>;

interface Service {
  readonly name: string;
  /** Nothing where it has none. */
  readonly container: Container | undefined;
  /** What the name of its image leads to by now. */
  readonly image: string | undefined;
}

export interface Seen {
  readonly project: string;
  readonly dir: string;
  readonly compose: readonly string[];
  readonly services: readonly Service[];
  /** Folders that other containers of that name were made from. */
  readonly others: readonly string[];
  readonly inputs: Inputs;
  readonly entered: string | null;
}

const keysOf = (op: ComposeProject, values: Values): string[] =>
  op.services.map((name) => `docker:project/${dockerName(op.project, values)}/${dockerName(name, values)}`);

export const composeProject: Verbs<ComposeProject, Seen> = {
  keys: keysOf,

  async inspect(op, context): Promise<Seen> {
    const { host, values } = context;
    const [project, dir] = [dockerName(op.project, values), values.public(op.dir)];
    const all = (await containersOf(project, host)) ?? [];
    const services = await Promise.all(
      op.services.map(async (raw): Promise<Service> => {
        const name = dockerName(raw, values);
        const container = all.find(({ service, isOneOff }) => service === name && !isOneOff);
        return { name, container, image: container && (await imageId(container.imageName, host)) };
      }),
    );
    return {
      project,
      dir,
      compose: await composeCommand(host),
      services,
      others: all.map((one) => one.dir).filter((one) => one !== dir),
      inputs: await inputsOf(
        (op.restartOn ?? []).map((key) => values.public(key)),
        context,
      ),
      entered: await enteredIn(op, services, context),
    };
  },

  diff(op, seen, context): Difference {
    const [other] = seen.others;
    if (other !== undefined)
      throw new Failure(
        'refused-existing',
        { what: seen.project },
        { say: texts.otherProject(seen.project, other) },
      );
    const isOld = oldInputs(keysOf(op, context.values)[0] ?? '', seen.inputs, context).length > 0;
    const lines = seen.services.flatMap((service) => changeOf(service, isOld));
    if (lines.length === 0) return { change: 'none' };
    return {
      change: 'change',
      commands: [[...seen.compose, ...upWords(seen.services.map(({ name }) => name))]],
      circumstances: [runIn(seen.dir)],
      diff: lines.map((line) => `${line}\n`).join(''),
    };
  },

  mark: (_, { services, inputs, entered }): Json => ({
    present: Object.fromEntries(services.map(({ name, container }) => [name, container !== undefined])),
    images: Object.fromEntries(services.map(({ name, container }) => [name, container?.image ?? null])),
    inputs: { ...inputs },
    entered,
  }),

  /** Not which image they run or from which files: those have operations of their own. */
  differs(_, now, then) {
    const [a, b] = [asRecord(now), asRecord(then)];
    if (!isDeepStrictEqual(a['present'], b['present'])) return true;
    // It may not be told just now.
    const [entered, before] = [a['entered'] ?? null, b['entered'] ?? null];
    return entered !== null && before !== null && entered !== before;
  },

  drift: (_, { services, entered }, then) => {
    const before = asRecord(then)['entered'] ?? null;
    const states = services.map(({ name, container }) => `+${name}: ${stateOf(container)}\n`);
    return states.join('') + (entered === before ? '' : `-${String(before)}\n+${entered}\n`);
  },

  holds: (op, values) => [`docker:project/${values.public(op.project)}/`],
  needs: (op, values) => (op.restartOn ?? []).map((key) => values.public(key)),
  restart: ({ services }, values) => [
    'docker',
    'compose',
    ...upWords(services.map((name) => values.public(name))),
  ],

  async capture(op, { project, services }, context): Promise<Json> {
    const { host, recorded, values } = context;
    const there = services.filter(({ container }) => container !== undefined);
    // Before their successors change what is in the volumes.
    if (there.length > 0) await dumpContainers(op.dumps ?? [], project, context);
    const containers = (await containersOf(project, host)) ?? [];
    const inputs = asRecord(asRecord(recorded(keysOf(op, values)[0] ?? ''))['inputs']);
    return {
      containers: containers.map(({ id }) => id),
      volumes: await volumesOf(project, host),
      networks: await networksOf(project, host),
      services: Object.fromEntries(
        there.map(({ name, container }) => [
          name,
          { name: container?.imageName ?? '', id: container?.image ?? '', was: howItWas(container) },
        ]),
      ),
      inputs: Object.fromEntries(Object.entries(inputs).map(([key, print]) => [key, String(print)])),
    } satisfies Before;
  },

  async apply(op, { dir, project, services }, context) {
    const names = services.map(({ name }) => name);
    await compose(dir, upWords(names), context);
    await awaitHealthy(project, names, op.within ?? usualPatience, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    const { values } = context;
    // Written by `capture`.
    const before = raw as unknown as Before;
    const project = values.public(op.project);
    const names = op.services.map((name) => values.public(name));
    const left = await removeMade(op, project, names, before, context);
    const former = names.filter((name) => before.services[name] !== undefined);
    if (former.length > 0) await bringBack(op, former, before, context);
    return left.length > 0 ? { left: texts.dockerKept(left) } : {};
  },

  describe: (op, values) =>
    texts.startServices(
      values.public(op.project),
      op.services.map((name) => values.public(name)),
    ),

  // It may run without being healthy.
  cutOff: 'again',
};

function changeOf({ name, container, image }: Service, isOld: boolean): string[] {
  if (!container) return [`+ ${name}`];
  if (!isUp(container)) return [`- ${name}: ${stateOf(container)}`, `+ ${name}`];
  return isOld || (image !== undefined && image !== container.image) ? [`± ${name}`] : [];
}

/** A line, or nothing where it cannot be told. */
async function enteredIn(
  { entered }: ComposeProject,
  services: readonly Service[],
  { host, values, purpose }: Context,
): Promise<string | null> {
  if (!entered || purpose === 'plan') return null;
  const service = services.find(({ name }) => name === values.public(entered.service));
  if (!service?.container || !isUp(service.container)) return null;
  const ran = await host.look(argvOf({ run: entered.run, container: service.container.name }, values));
  return ran.code === 0 ? ran.stdout.trim().slice(0, 200) : null;
}
