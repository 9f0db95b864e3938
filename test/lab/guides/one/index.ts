import { small } from '../small.ts';

export const guide = small('one', {
  port: '8401',
  database: '5',
  // `git` is Pretix's too, `tree` the other small guide's.
  packages: ['git', 'tree'],
  modules: ['proxy', 'proxy_http', 'headers', 'rewrite'],
});
