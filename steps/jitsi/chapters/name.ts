/** Étape 1: the machine’s name (source lines 18–55). */
import type { Chapter } from '../../../src/guide/types.ts';
import { hasName } from '../questions/machine.ts';
import { build } from '../questions.ts';

const { step, hostName, hostsEntry } = build;

const setName = step('set-hostname', {
  title: { fr: 'Définition du nom d’hôte du système', en: 'Set the system hostname' },
  why: {
    fr: 'Sur une machine qui a d’autres services, certains tiennent à l’ancien nom (messagerie, certificats).',
    en: 'On a machine that has other services, some hold to the former name (mail, certificates).',
  },
  source: [[18, 40]],
  says: 'sudo hostnamectl set-hostname jitsi.your-domain',
  when: hasName,
  do: [hostName({ name: '%DOMAIN%' })],
});

const hosts = step('hosts-entry', {
  title: { fr: 'Correspondance locale dans /etc/hosts', en: 'Map the name in /etc/hosts' },
  source: [[42, 53]],
  says: '127.0.0.1 jitsi.your-domain',
  errata: ['E3'],
  when: hasName,
  do: [hostsEntry({ address: '%HOSTS_ADDRESS%', name: '%DOMAIN%' })],
});

export const nameChapter: Chapter = {
  id: 'name',
  title: { fr: 'Étape 1\u00a0: nom d’hôte', en: 'Step 1: the hostname' },
  steps: [setName, hosts],
};
