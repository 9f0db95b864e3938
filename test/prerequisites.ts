/**
 * Installs the Debian packages that the tests need and this machine lacks: `npm run test:needs`. Services that come
 * with them are not started. Without root it says what is missing and ends with 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { debianPackages } from './operations/encode/needs.ts';

/** Build node-pty; boot the lab's machines. */
const tools = ['python3', 'make', 'g++', 'git', 'procps', 'debootstrap', 'systemd-container', 'iptables'];
const wanted = [...new Set([...tools, ...debianPackages])].sort();
const policy = '/usr/sbin/policy-rc.d';

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg', ['--status', name], { encoding: 'utf8' });
  return /^Status: .* installed$/m.test(stdout);
}

/** What it says is shown only when it fails. */
function apt(...words: readonly string[]): void {
  const done = spawnSync('apt-get', words, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
  if (done.status === 0) return;
  console.error(done.error ? String(done.error) : `${done.stdout}${done.stderr}`);
  throw new Error(`apt-get ${words.join(' ')}: ${done.status}`);
}

function install(names: readonly string[]): void {
  const hasPolicy = existsSync(policy);
  if (!hasPolicy) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('update', '-qq');
    apt('install', '-qq', '--no-install-recommends', ...names);
  } finally {
    if (!hasPolicy) rmSync(policy);
  }
}

const missing = wanted.filter((name) => !isInstalled(name));
if (missing.length > 0 && process.getuid?.() !== 0) {
  console.error(`Missing: apt-get install --no-install-recommends ${missing.join(' ')}`);
  process.exit(1);
}
if (missing.length > 0) {
  console.log(`Installing ${missing.join(' ')}`);
  install(missing);
}
