import { small } from '../small.ts';

export const guide = small('two', {
  port: '8402',
  database: '6',
  // `redis-tools` comes with the server that another installs; `gettext` is Pretix's too.
  packages: ['redis-tools', 'gettext', 'tree'],
  // `proxy` comes with `proxy_http`.
  modules: ['proxy_http', 'headers', 'rewrite'],
});
