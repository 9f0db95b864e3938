// Takes so many keys in raw mode, one by one, writes them to a file, and ends as it is told: `well`, or `killed`.
import { appendFileSync, writeFileSync } from 'node:fs';

const [count, path, end] = process.argv.slice(2);
let taken = 0;
process.stdin.setRawMode(true);
process.stdin.on('data', (chunk) => {
  for (const key of chunk.toString()) {
    appendFileSync(path, key);
    if (++taken < Number(count)) continue;
    // The cursor hidden, the terminal raw: what a crash leaves behind.
    if (end === 'killed') process.stdout.write('\u001b[?25l', () => process.kill(process.pid, 'SIGKILL'));
    else process.exit(0);
  }
});
writeFileSync(`${path}.ready`, '');
