/** Backups, of which the guide says nothing. */
import type { Chapter } from '../../../src/guide/types.ts';
import { isPrinted } from '../layout.ts';
import { isBackedUp } from '../questions/accounts.ts';
import { build } from '../questions.ts';

const { step, command, directory, file, systemdUnit } = build;

const timer = step('backup-timer', {
  title: { fr: 'Sauvegarde de la base', en: 'Database backup' },
  why: {
    fr: 'Chaque nuit, la base et les médias. Une première est faite tout de suite\u00a0: on sait qu’elle marche.',
    en: 'Every night, the database and the media. A first one is made at once: one knows that it works.',
  },
  source: [[88, 88]],
  when: isBackedUp,
  needs: ['migrate'],
  do: [
    directory({ path: '%BACKUP_DIR%', mode: '0700', owner: 'root:root', holdsData: true }),
    file({
      path: '%DEPLOY_DIR%/backup.sh',
      template: 'ej/backup.sh',
      syntax: 'shell',
      mode: '0700',
      owner: 'root:root',
    }),
    systemdUnit({
      name: 'ej-backup.service',
      template: 'ej/ej-backup.service',
      enabled: false,
      active: false,
    }),
    systemdUnit({
      name: 'ej-backup.timer',
      template: 'ej/ej-backup.timer',
      enabled: true,
      active: true,
      claims: ['unit:ej-backup.timer'],
    }),
    command({
      name: 'first-backup',
      run: ['systemctl', 'start', 'ej-backup.service'],
      done: {
        run: [
          'sh',
          '-c',
          'find "$1" -name "ej-*.dump" -size +0 | grep -q . && find "$1" -name "ej-*-media.tar" | grep -q .',
          'sh',
          '%BACKUP_DIR%',
        ],
      },
      undo: { with: 'dir:%BACKUP_DIR%' },
    }),
  ],
});

export const backup: Chapter = {
  id: 'backup',
  title: { fr: 'Sauvegarde (ajoutée)', en: 'Backup (added)' },
  when: isPrinted,
  steps: [timer],
};
