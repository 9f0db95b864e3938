/** Étape 2: the firewall (source lines 57–99). */
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { hasTurn, isPort80Closed, isUfw } from '../questions/machine.ts';
import { build } from '../questions.ts';

const { step, packages, ufw, ufwRule } = build;

const isLiteral: Cond = { answer: 'LITERAL', is: ['E5'] };

const rules = step('firewall', {
  title: { fr: 'Configuration du pare-feu', en: 'Configure the firewall' },
  source: [[57, 99]],
  says: 'sudo ufw allow 10000/udp',
  errata: ['E5'],
  when: isUfw,
  do: [
    packages({ names: ['ufw'] }),
    ufwRule({ when: { not: isPort80Closed }, allow: '80/tcp' }),
    ufwRule({ allow: '443/tcp' }),
    ufwRule({ allow: '10000/udp' }),
    ufwRule({ when: hasTurn, allow: '3478/udp' }),
    ufwRule({ when: hasTurn, allow: '5349/tcp' }),
    ufwRule({ when: isLiteral, allow: '4443/tcp' }),
  ],
});

const on = step('firewall-on', {
  title: { fr: 'Activer le pare-feu', en: 'Switch the firewall on' },
  why: {
    fr: 'SSH est autorisé d’abord, sur tous les ports où il arrive. Sans confirmation dans la minute, tout redevient comme avant.',
    en: 'SSH is let in first, on every port it comes in by. Without a confirmation within a minute all is as before.',
  },
  source: [[59, 59]],
  says: 'Normalement, lors de la configuration initiale du serveur avec Ubuntu 18.04] le pare-feu UFW est activé et  le port SS…',
  errata: ['E4'],
  when: isUfw,
  do: [ufw({})],
});

export const firewall: Chapter = {
  id: 'firewall',
  title: { fr: 'Étape 2\u00a0: pare-feu', en: 'Step 2: firewall' },
  steps: [rules, on],
};
