/** A host whose `/etc` and other places are in a folder of the test: this machine's own are never touched. */
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';

/** Paths below `places` lead into `folder`; all else is this machine. */
export function rootedHost(folder: string, places: readonly string[], host: Host = realHost()): Host {
  const isIn = (path: string) => places.some((place) => path === place || path.startsWith(`${place}/`));
  const inside = (path: string) => (isIn(path) ? `${folder}${path}` : path);
  const outside = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length) : path);
  const moved = <A extends unknown[], R>(act: (path: string, ...more: A) => R) =>
    ((path, ...more) => act(inside(path), ...more)) as typeof act;
  return {
    ...host,
    read: moved(host.read),
    stat: moved(host.stat),
    list: moved(host.list),
    write: moved(host.write),
    mkdir: moved(host.mkdir),
    chmod: moved(host.chmod),
    chown: moved(host.chown),
    link: moved(host.link),
    remove: moved(host.remove),
    rmdir: moved(host.rmdir),
    removeTree: moved(host.removeTree),
    rename: (from, to) => host.rename(inside(from), inside(to)),
    withoutLinks: async (path) => outside(await host.withoutLinks(inside(path))),
  };
}
