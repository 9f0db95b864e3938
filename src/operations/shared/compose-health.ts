/** Whether services of Compose run, and whether they are well. */
import * as texts from '../../i18n/texts/docker.ts';
import { type Context, Failure } from '../verbs.ts';
import { type Container, containersOf } from './docker.ts';

/** One that has only begun to look at itself counts as well: `awaitHealthy` waits for what it finds. */
export const isUp = ({ state, health }: Container): boolean => state === 'running' && health !== 'unhealthy';

export function stateOf(container: Container | undefined): string {
  if (!container) return '–';
  const { state, health, exitCode } = container;
  return state === 'running' ? health || state : `${state} (${exitCode})`;
}

/** Seconds, where a guide names none. */
export const usualPatience = 300;

/** Seconds that one which nothing tells of has to run without ending. */
const steady = 10;

/** One that ends so often while it is waited for is not going to stay: Docker waits ever longer in between. */
const tooOften = 10;

/** Waits until each service is well. Throws with the state of one that is not, and shows what it said last. */
export async function awaitHealthy(
  project: string,
  services: readonly string[],
  seconds: number,
  context: Context,
): Promise<void> {
  const watch = new Watch();
  let said = '';
  for (let second = 0; ; second++) {
    const all = (await containersOf(project, context.host)) ?? [];
    const found = services.map((name): Service => ({ name, container: containerOf(name, all) }));
    const ill = found.filter(({ container }) => !watch.isWell(container, second));
    if (ill.length === 0) return;
    const isHopeless = ill.some(({ container }) => watch.endsAgain(container));
    if (second >= seconds || isHopeless) throw await illness(ill, found, context);
    if (statesOf(ill) !== said) context.say(statesOf(ill));
    said = statesOf(ill);
    await context.host.sleep(1000);
  }
}

/** What is learnt of containers while one waits for them. */
class Watch {
  readonly #since = new Map<string, number>();
  readonly #restarts = new Map<string, number>();

  isWell(container: Container | undefined, second: number): boolean {
    if (container?.state !== 'running') return false;
    if (container.health !== '') return container.health === 'healthy';
    // It is another one each time it has begun anew.
    const one = `${container.id} ${container.begun}`;
    const from = this.#since.get(one) ?? second;
    this.#since.set(one, from);
    return second - from >= steady;
  }

  endsAgain(container: Container | undefined): boolean {
    if (!container) return false;
    const before = this.#restarts.get(container.id) ?? container.restarts;
    this.#restarts.set(container.id, before);
    return container.restarts - before >= tooOften;
  }
}

interface Service {
  readonly name: string;
  readonly container: Container | undefined;
}

const containerOf = (name: string, all: readonly Container[]) =>
  all.find(({ service, isOneOff }) => service === name && !isOneOff);

const statesOf = (services: readonly Service[]): string =>
  services.map(({ name, container }) => `${name}: ${stateOf(container)}`).join(', ');

/** Shows what those said last that are ill; before it the others, as one often waits for another in vain. */
async function illness(ill: readonly Service[], all: readonly Service[], context: Context): Promise<Failure> {
  const show = async ({ container }: Service, lines: string) => {
    if (container) await context.run(['docker', 'container', 'logs', '--tail', lines, container.name]);
  };
  for (const service of all) if (!ill.includes(service)) await show(service, '10');
  for (const service of ill) await show(service, '20');
  const names = ill.map(({ name }) => name);
  const values = { name: names[0] ?? '', problem: statesOf(ill) };
  return new Failure('check-failed', values, { say: texts.servicesIll(names) });
}
