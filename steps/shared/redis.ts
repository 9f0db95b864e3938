/** Redis of Debian, and databases of it that belong to one guide alone. */
import type { Check, Command, Operation } from '../../src/guide/kinds.ts';

const address = '127.0.0.1:6379';

/** `unit`: what starts it, as a person would name it. */
export const redisAnswers = (unit: string): Check => ({
  kind: 'check',
  name: 'redis-ping',
  probe: { redis: address },
  level: 'stop',
  within: 30,
  say: {
    fr: `Redis ne répond pas PONG sur 127.0.0.1:6379\u00a0: démarrez-le (systemctl start ${unit}), retirez son mot de passe s’il en a un, puis réessayez.`,
    en: `Redis does not answer PONG on 127.0.0.1:6379: start it (systemctl start ${unit}), take away its password if it has one, then try again.`,
  },
});

/** Debian's: installed where it is missing; it answers. */
export const redisServer: readonly [install: Operation, answers: Operation] = [
  { kind: 'packages', names: ['redis-server'] },
  redisAnswers('redis-server'),
];

/** Refuses a database that holds keys of somebody else; the mark in the first one says that they are ours. */
const take = `
redis.call('SELECT', ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 1 then return 'OK' end
for _, number in ipairs(ARGV) do
  redis.call('SELECT', number)
  if redis.call('DBSIZE') > 0 then
    return redis.error_reply('ERR Redis database ' .. number .. ' already holds keys: choose another number')
  end
end
redis.call('SELECT', ARGV[1])
redis.call('SET', KEYS[1], '1')
return 'OK'`.trim();

const empty = `
for _, number in ipairs(ARGV) do
  redis.call('SELECT', number)
  redis.call('FLUSHDB')
end
return 'OK'`.trim();

/** `redis-cli` ends well whatever Redis answers, before its version 7. */
const ok = 'ok() { said="$(redis-cli "$@")"; test "$said" = OK || { echo "$said" >&2; return 1; }; }';
/** On the disk at once: a power cut must not lose the mark. */
const takeAndSave = `${ok}; ok EVAL "$@" && ok SAVE`;
const evaluate = `${ok}; ok EVAL "$@"`;

/**
 * Takes these databases (`%NAME%` of their numbers) for a guide; undo empties them. The first one is where the mark
 * stays: one that the application never empties as a whole.
 */
export function redisDatabases(guide: string, numbers: readonly [string, ...string[]]): Command {
  const mark = `setup-wizard:${guide}`;
  return {
    kind: 'command',
    name: `redis-databases-${guide}`,
    run: ['sh', '-c', takeAndSave, 'sh', take, '1', mark, ...numbers],
    done: { run: ['redis-cli', '-n', numbers[0], 'GET', mark], equals: '1' },
    undo: { run: ['sh', '-c', evaluate, 'sh', empty, '0', ...numbers] },
    claims: numbers.map((number) => `redis:6379/${number}`),
    why: {
      fr: 'Ces bases Redis sont réservées à ce guide\u00a0: elles doivent être vides, et un retour en arrière les vide.',
      en: 'These Redis databases are for this guide alone: they must be empty, and a rollback empties them.',
    },
  };
}
