import { describe, expect, test } from 'vitest';
import { script } from '../../src/operations/script.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { testContext } from './context.ts';

const tokenScript = (content: string, more: Partial<Op<'script'>> = {}): Op<'script'> => ({
  kind: 'script',
  name: 'token',
  run: ['python3', '-'],
  template: 'x/token.py',
  content,
  syntax: 'python',
  done: { run: ['true'] },
  undo: { none: { fr: 'Rien.', en: 'Nothing.' } },
  gives: [{ id: 'TOKEN', secret: true }],
  ...more,
});
const seen = { ok: false, problem: '', unknown: ['TOKEN'] };

describe('a script', () => {
  test('has values as literals of its language, none among its arguments', async () => {
    const password = `it's "q\\uoted" \n%USER% é`;
    const context = await testContext({ secrets: { PASSWORD: password }, values: { USER: 'u' } });
    const op = tokenScript("import sys\nprint('SETUP-WIZARD TOKEN=' + repr([%PASSWORD%, sys.argv]))\n");
    await script.apply(op, seen, context);
    expect(context.learnt.get('TOKEN')).toMatchObject({
      secret: true,
      value: expect.stringContaining("['-']]"),
    });
    expect(context.learnt.get('TOKEN')?.value).toContain('"q\\\\uoted" \\n%USER% é');
    expect(context.output()).toBe('$ python3 -\n');
  });

  test('shows its lines, but never what it gives, however it is cut', async () => {
    const content = `import sys, time
for part in ['one\\nSETUP-WIZARD TOK', 'EN=s3cret', '-value\\ntwo\\n']:
  sys.stdout.write(part); sys.stdout.flush(); time.sleep(0.05)
  sys.stderr.write('warning\\n'); sys.stderr.flush(); time.sleep(0.05)
print('SETUP-WIZARD OTHER=not-asked-for')
print('later s3cret-value')`;
    const context = await testContext();
    await script.apply(tokenScript(content), seen, context);
    expect(context.learnt.get('TOKEN')).toEqual({ value: 's3cret-value', secret: true });
    expect(context.learnt.has('OTHER')).toBe(false);
    for (const hidden of ['TOK', 'EN=', 'not-asked-for']) expect(context.output()).not.toContain(hidden);
    for (const line of ['one\n', 'two\n', 'warning\n']) expect(context.output()).toContain(line);
  });

  test('that does not give what it should has failed', async () => {
    const context = await testContext();
    await expect(script.apply(tokenScript('pass'), seen, context)).rejects.toMatchObject({
      code: 'missing-value',
      values: { name: 'TOKEN' },
    });
  });

  test('that fails gives nothing, and its last words are no gift', async () => {
    const context = await testContext();
    const op = tokenScript("print('SETUP-WIZARD TOKEN=s3cret-value')\nraise SystemExit(3)");
    const failure = await script.apply(op, seen, context).catch((error) => error);
    expect(failure).toMatchObject({ code: 'command-failed', values: { code: '3' } });
    expect(JSON.stringify(failure.values)).not.toContain('s3cret');
    expect(context.learnt.size).toBe(0);
  });

  test('is done when its probe says so and all that it gives is known', async () => {
    const op = tokenScript('pass');
    const ignorant = await testContext();
    expect(script.diff(op, await script.inspect(op, ignorant), ignorant)).toMatchObject({
      change: 'change',
      diff: 'TOKEN\n',
    });
    const knowing = await testContext({ secrets: { TOKEN: 's3cret-value' } });
    expect(script.diff(op, await script.inspect(op, knowing), knowing)).toEqual({ change: 'none' });
  });
});
