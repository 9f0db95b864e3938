/** What may come in on the socket: bytes become a message here, or nothing. */
import * as z from 'zod/mini';
import type { Decision, Hello } from './protocol.ts';

const text = z.string();
const from = z.enum(['person', 'file', 'set', 'default', 'fact', 'generated', 'earlier', 'step']);
const bare = <T extends string>(type: T) => z.object({ type: z.literal(type) });

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), from: z.int().check(z.nonnegative()) }),
  z.object({
    type: z.literal('start'),
    unattended: z.boolean(),
    until: z.exactOptional(text),
    given: z.array(z.object({ id: text, value: text, from })),
    site: z.exactOptional(z.record(text, text)),
  }),
  z.object({ type: z.literal('answer'), id: text, value: text, from: z.exactOptional(from) }),
  z.object({ type: z.literal('generate'), id: text }),
  z.object({ type: z.literal('reveal'), id: text }),
  bare('submit'),
  z.object({ type: z.literal('consent'), hash: text }),
  bare('correct'),
  bare('retry'),
  z.object({ type: z.literal('remedy'), id: text }),
  z.object({ type: z.literal('skip'), reason: text }),
  bare('rollback'),
  bare('stop'),
  z.object({ type: z.literal('tick'), item: text, done: z.boolean(), note: text }),
  bare('later'),
  z.object({
    type: z.literal('terminal-done'),
    code: z.nullable(z.int()),
    signal: z.nullable(text),
  }),
  bare('confirm'),
  bare('refuse'),
  bare('shell'),
  z.object({ type: z.literal('keep'), all: z.exactOptional(z.boolean()) }),
  z.object({ type: z.literal('overwrite'), all: z.exactOptional(z.boolean()) }),
  bare('take-over'),
]) satisfies z.ZodMiniType<Hello | Decision>;

export function asMessage(value: unknown): Hello | Decision | undefined {
  return message.safeParse(value).data;
}
