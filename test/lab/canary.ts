/** Secrets that can be recognised, and a watcher that looks for them where none may ever be. */
import type { Lab } from './lab.ts';

const watcher = `
const fs = require('node:fs');
const canaries = fs.readFileSync('/run/canaries', 'utf8').trim().split('\\n');
const seen = new Set();
for (;;) {
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) {
    for (const file of ['cmdline', 'environ']) {
      let text = '';
      try { text = fs.readFileSync('/proc/' + pid + '/' + file, 'utf8'); } catch {}
      for (const canary of canaries) {
        if (!text.includes(canary)) continue;
        const line = file + ' ' + fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').replace(/[\\0\\n]/g, ' ').slice(0, 200);
        if (!seen.has(line)) fs.appendFileSync('/run/canaries.seen', line + '\\n');
        seen.add(line);
      }
    }
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}`;

/** From now on every process of the lab is looked at, ten times a second. */
export async function watchCanaries(lab: Lab, canaries: readonly string[]): Promise<void> {
  await lab.write('/run/canaries', canaries.join('\n'), 0o600);
  await lab.write('/run/canaries.js', watcher, 0o600);
  await lab.run(['systemd-run', '--quiet', '--unit=canaries', '/opt/node/bin/node', '/run/canaries.js']);
}

/** Command lines and environments in which one was seen. */
export async function seenCanaries(lab: Lab): Promise<string> {
  await lab.run(['systemctl', 'stop', 'canaries'], { check: false });
  return (await lab.run(['cat', '/run/canaries.seen'], { check: false })).stdout;
}

/** Files of the lab that hold one. */
export async function filesWithCanaries(lab: Lab, canaries: readonly string[]): Promise<string[]> {
  const patterns = canaries.flatMap((canary) => ['-e', canary]);
  const places = ['/etc', '/home', '/opt', '/root', '/srv', '/tmp', '/usr/local', '/var', '/web'];
  const { stdout } = await lab.run(
    ['grep', '-rlaF', '--exclude-dir=setup-wizard-lab', ...patterns, ...places],
    { check: false },
  );
  return stdout.split('\n').filter(Boolean).sort();
}
