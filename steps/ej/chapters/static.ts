/** Static files: looked at, and the guide's repairs where they do not come (source lines 113–131). */
import type { Chapter } from '../../../src/guide/types.ts';
import { inFront, isPrinted, web, withProject } from '../layout.ts';
import { build } from '../questions.ts';

const { step, check, command } = build;

/** The style sheet of the theme. */
const comes = { http: inFront('/static/css/main.css'), host: '%DJANGO_HOST%', status: 200 } as const;
const theme = {
  run: ['sh', '-c', 'test "$EJ_THEME" = "$1" || test "$1" = default -a -z "$EJ_THEME"', 'sh', '%THEME%'],
  container: web,
} as const;
/** The volume's path, as it is in the container: nothing that an answer says is in it. */
const emptied = 'find /app/local/static -mindepth 1 -delete && inv collect';

export const repair = step('fix-static', {
  title: { fr: 'Fichiers statiques', en: 'Static files' },
  why: {
    fr: 'S’ils ne viennent pas, les réparations du guide sont proposées à côté de l’échec.',
    en: 'If they do not come, the guide’s repairs are offered beside the failure.',
  },
  source: [[116, 131]],
  says: 'is so, maybe you need to collect static files again. Try the commands::',
  errata: ['E16', 'E25'],
  do: [
    check({
      name: 'theme',
      probe: theme,
      level: 'warn',
      say: {
        fr: 'L’image n’a pas le thème %THEME%\u00a0: «\u00a0docker exec %PROJECT%-web printenv EJ_THEME\u00a0» dit lequel. Le thème se choisit à la construction.',
        en: 'The image does not have the theme %THEME%: “docker exec %PROJECT%-web printenv EJ_THEME” says which. The theme is chosen when the image is built.',
      },
    }),
    check({
      name: 'static-files',
      probe: comes,
      level: 'stop',
      within: 30,
      say: {
        fr: 'La feuille de style d’EJ ne vient pas\u00a0: les fichiers statiques manquent, ou sont ceux d’une autre image qui a eu le même volume.',
        en: 'EJ’s style sheet does not come: the static files are missing, or are those of another image that had the same volume.',
      },
    }),
  ],
  remedies: [
    {
      id: 'collect-static',
      title: { fr: 'Rassembler de nouveau les fichiers statiques', en: 'Collect the static files again' },
      do: command({
        name: 'collect-static',
        run: ['inv', 'collect'],
        container: web,
        done: comes,
        undo: withProject,
        interrupted: 'again',
      }),
    },
    {
      id: 'empty-static',
      title: {
        fr: 'Vider leur volume, puis les rassembler (les médias restent)',
        en: 'Empty their volume, then collect them (media stay)',
      },
      do: command({
        name: 'empty-static',
        run: ['sh', '-c', emptied],
        container: web,
        done: comes,
        undo: withProject,
        interrupted: 'again',
      }),
    },
  ],
});

export const troubleshooting: Chapter = {
  id: 'troubleshooting',
  title: { fr: 'Dépannage', en: 'Troubleshooting' },
  when: isPrinted,
  steps: [repair],
};
