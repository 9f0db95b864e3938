// What the packages in the bundle ask of whoever passes it on: name, version and licence of each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rule = `\n\n${'-'.repeat(80)}\n`;

/** `inputs`: the files of a bundle, below `root`. */
export function thirdParty(inputs, root) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const notices = new Set([...new Set(folders)].map((folder) => noticeOf(join(root, folder))));
  return `${['The program contains code of these packages.', ...[...notices].sort()].join(rule)}\n`;
}

function noticeOf(folder) {
  const { name, version, license, author, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  if (!license) throw new Error(`${name} names no licence`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  // Where no text comes with it, there is at least whose it is.
  const from = [author?.name ?? author, homepage].filter(Boolean).join(', ');
  return [`${name} ${version}, ${license}`, ...(texts.length > 0 ? texts : [from])].join('\n\n');
}
