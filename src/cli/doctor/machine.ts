/** The system, which guides fit it, and what the person may do on it. */
import { guides } from 'virtual:guides';
import { unfitReason } from '../../run/machine.ts';
import { about, type Finding, type Look } from './finding.ts';

const machine = about('machine');
const rights = about('rights');

export const lookAtMachine: Look = async ({ facts, lang }, say) => {
  const { arch = '?', init = '?' } = facts;
  return [
    machine.good('system', say.system(`${facts['os.name'] ?? '?'}, ${arch}`, init === 'systemd')),
    ...(arch === 'x86_64' ? [] : [machine.know('processor', say.otherProcessor(arch))]),
    machine.good('node', say.node(process.versions.node, process.execPath)),
    ...guides.map((guide): Finding => {
      const reason = unfitReason({ facts }, guide);
      const id = `guide-${guide.id}`;
      const title = guide.title[lang];
      return reason ? machine.know(id, say.unfit(title, reason[lang])) : machine.good(id, say.fits(title));
    }),
  ];
};

export const lookAtRights: Look = async ({ host }, say) => {
  if (process.getuid?.() === 0) return [rights.good('root', say.root())];
  if (await host.stat('/usr/bin/sudo')) return [rights.good('root', say.sudo())];
  return [rights.know('root', say.noRoot())];
};
