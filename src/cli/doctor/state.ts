/** The state folder, the disks under it, and where secrets are kept. */
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Host } from '../../host/types.ts';
import type { DoctorWords } from '../../i18n/doctor.ts';
import { about, type Finding, type Look } from './finding.ts';

const state = about('state');
/** Megabytes: for a copy of the program, and for an install. */
const needed = { program: 200, install: 1000 };

export const lookAtState: Look = async ({ host, state: { path, secrets, program } }, say) => {
  const there = await existing(path);
  const mounts = (await host.read('/proc/self/mountinfo'))?.toString() ?? '';
  const free = await freeMegabytes(there);
  const hasProgram = (await host.list(program).catch(() => [])).length > 0;
  const isFull = free !== undefined && free < needed.program && !hasProgram;
  return [
    await folder(host, path, there, say),
    ...(isNoexec(mounts, there) ? [state.block('state-noexec', say.stateNoexec(path))] : []),
    ...(isFull ? [state.block('state-space', say.noSpace(path, size(free, say)))] : []),
    ...(isNoexec(mounts, '/tmp') ? [state.know('tmp-noexec', say.tmpNoexec())] : []),
    ...(await spaces(say)),
    await secretsAt(host, secrets, say),
  ];
};

async function folder(host: Host, path: string, there: string, say: DoctorWords): Promise<Finding> {
  const isOpen = await access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isOpen) return state.block('state', say.stateClosed(path));
  if (there !== path) return state.good('state', say.stateNew(path));
  const { type, mode = '' } = (await host.stat(path)) ?? {};
  if (type !== 'directory') return state.block('state', say.stateClosed(path));
  return mode === '0700'
    ? state.good('state', say.stateGood(path))
    : state.know('state', say.stateOpen(path, mode));
}

/** The folder itself, or the nearest one above it. */
async function existing(path: string): Promise<string> {
  const isThere = await access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return isThere || path === '/' ? path : existing(dirname(path));
}

/** The mount with the longest point above the path decides. */
function isNoexec(mounts: string, path: string): boolean {
  const points = mounts.split('\n').map((line) => line.split(' '));
  const above = points.filter(
    ([, , , , point = '']) => point === '/' || path === point || path.startsWith(`${point}/`),
  );
  const nearest = above.toSorted((a, b) => (a[4]?.length ?? 0) - (b[4]?.length ?? 0)).at(-1);
  return nearest?.[5]?.split(',').includes('noexec') ?? false;
}

async function spaces(say: DoctorWords): Promise<Finding[]> {
  const found = await Promise.all(
    ['/', '/var', '/tmp'].map(async (path) => {
      const { dev, free } = await disk(path);
      return { path, dev, free };
    }),
  );
  const disks = [...new Map(found.map((one) => [one.dev, one])).values()];
  return disks.flatMap(({ dev, free }) => {
    const paths = found
      .filter((one) => one.dev === dev)
      .map(({ path }) => path)
      .join(' ');
    if (free === undefined) return [];
    return free < needed.install
      ? [state.know('space', say.littleSpace(paths, size(free, say)))]
      : [state.good('space', say.space(paths, size(free, say)))];
  });
}

async function disk(path: string): Promise<{ dev: string; free: number | undefined }> {
  const found = await statfs(path).catch(() => undefined);
  const free = found && Math.floor((found.bavail * found.bsize) / 1e6);
  return { dev: found ? `${found.type} ${found.blocks} ${found.bavail}` : path, free };
}

async function freeMegabytes(path: string): Promise<number | undefined> {
  return (await disk(path)).free;
}

function size(count: number, { units }: DoctorWords): string {
  return count < 10_000 ? `${count}\u00a0${units.mega}` : `${Math.round(count / 1000)}\u00a0${units.giga}`;
}

async function secretsAt(host: Host, folder: string, say: DoctorWords): Promise<Finding> {
  const text = await host.read(`${folder}/store.json`).catch(() => undefined);
  const chosen = /"backend":"(systemd-creds|file|keyring)"/.exec(text?.toString() ?? '')?.[1];
  if (chosen === 'systemd-creds' || chosen === 'file' || chosen === 'keyring')
    return state.good('secrets', say.secrets[chosen]());
  const hasCreds = process.getuid?.() === 0 && (await host.stat('/usr/bin/systemd-creds'));
  return state.good('secrets', hasCreds ? say.secrets.soon() : say.secrets.file());
}
