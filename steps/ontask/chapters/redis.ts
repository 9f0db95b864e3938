/** Redis (source lines 31–38). */
import type { Chapter } from '../../../src/guide/types.ts';
import { redisDatabases, redisServer } from '../../shared/redis.ts';
import { build } from '../questions.ts';

const { step, check } = build;

const [install, answers] = redisServer;

/** OnTask's settings name it, whatever REDIS_URL says. */
export const redisDatabase = '1';

/** Exit code 1 of grep: no other address. */
const foreignAddresses =
  "ss -H -l -t -n 'sport = :6379' | awk '{print $4}' | grep -v -e '^127\\.' -e '^\\[::1\\]' -e '^\\[::ffff:127\\.'";

export const redis: Chapter = {
  id: 'redis',
  title: { fr: 'Redis', en: 'Redis' },
  steps: [
    step('redis-install', {
      title: { fr: 'Installer Redis', en: 'Install Redis' },
      source: [[31, 34]],
      says: '1. Download and install `redis `_.',
      do: [install],
    }),
    step('redis-test', {
      title: { fr: 'Essayer Redis', en: 'Test Redis' },
      source: [[35, 38]],
      says: '2. Test that it executes properly',
      do: [
        answers,
        check({
          name: 'redis-local',
          probe: { run: ['sh', '-c', foreignAddresses], code: 1 },
          level: 'warn',
          say: {
            fr: 'Redis écoute aussi pour d’autres machines, sans mot de passe peut-être\u00a0: OnTask n’a besoin que de 127.0.0.1 (bind, dans /etc/redis/redis.conf).',
            en: 'Redis listens for other machines too, perhaps without a password: OnTask needs 127.0.0.1 only (bind, in /etc/redis/redis.conf).',
          },
        }),
        redisDatabases('ontask', [redisDatabase]),
      ],
    }),
  ],
};
