import { expect, test } from 'vitest';
import { Lab } from './lab.ts';
import { addNumbas, install } from './numbas.ts';
import { putOnDisk } from './upstream.ts';
import { cpSync } from 'node:fs';
test('real', async () => {
  const lab = await Lab.create({ network: 'own', release: 'trixie', name: 'numbas-real', product: true });
  try {
  await lab.boot();
  await addNumbas(lab);
  await lab.run(['rm', '-rf', '/srv/mirror']);
  await putOnDisk(lab, '/srv/mirror', async (folder) => { cpSync('/tmp/real/mirror', folder, { recursive: true }); });
  const { code, said } = await install(lab, '--lang', 'en');
  console.log(code, said);
  for (const c of [
    'python3 - <<X\nimport ssl,urllib.request as u\nprint(u.urlopen("https://numbas.mon-univ.fr/login",context=ssl._create_unverified_context()).read().decode()[:900])\nX\nsupervisorctl status; git -C /srv/numbas-lti-provider log --oneline -1; git -C /srv/numbas-lti-provider status --short | head',
    'for f in /var/log/supervisor/*numbas*; do echo $f; tail -n 12 $f; done',
  ]) { const r = await lab.run(['sh','-c',c], {check:false}); console.log(r.stdout, r.stderr); }
  const r = await install(lab, '--lang','en'); console.log(r.code, r.said.slice(-1500));
  const b = await import('./wizard.ts'); 
  const v = await b.wizard(lab, 'verify', 'numbas'); console.log(v.code, v.said);
  const w = await b.wizard(lab, 'rollback', 'numbas', '--yes'); console.log(w.code, w.said.slice(-1500));
  expect(code).toBe(4);
  } finally { await lab.destroy(); }
}, 3000000);
