/** What the screens say, from the catalogues themselves, as `Terminal.screen` gives it. */
import type { Lang } from '../../src/guide/types.ts';
import { words } from '../../src/i18n/index.ts';
import { guide } from '../../steps/practice/index.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
/** A sentence with a number in it, whatever the number. */
const counted = (text: string) => new RegExp(plain(text).replace('77', '\\d+').replaceAll('?', '\\?'));

const titles = new Map(
  guide.chapters.flatMap(({ steps }) => steps).map((step) => [step.id, step.title] as const),
);

/** `ascii`: as a terminal without typography has it. */
export function said(lang: Lang, ascii = false) {
  const {
    home,
    installed,
    form,
    plan,
    run,
    failure,
    checklist,
    conflict,
    finished,
    leave,
    common,
    terminal,
  } = words(lang, ascii);
  const step = (id: string) => plain(titles.get(id)?.[lang] ?? '');
  return {
    locale: lang === 'fr' ? 'fr_FR.UTF-8' : 'en_GB.UTF-8',
    practice: plain(guide.title[lang]),
    home: plain(home.question),
    verify: plain(installed.choices.verify),
    asInstalled: plain(installed.asInstalled),
    takeBack: plain(installed.choices.rollback),
    answers: plain(form.title),
    toPlan: plain(form.toPlan),
    kept: plain(form.kept),
    plan: `${ascii ? '>' : '›'} ${plain(plan.title)}`,
    consent: counted(plan.ask(77)),
    undoPlan: plain(plan.titleBack),
    undoConsent: counted(plan.askUndo(77)),
    yes: lang === 'fr' ? 'o' : 'y',
    work: step('long-work'),
    mayClose: plain(run.mayClose),
    mend: step('mend'),
    retry: plain(failure.choices.retry),
    undoAll: plain(failure.choices.rollback(3)),
    undoAllSure: plain(failure.confirmYes),
    checklist: plain(checklist.title),
    changedSince: plain(conflict.title),
    done: plain(finished.titles.done),
    undone: plain(finished.titles['rolled-back']),
    undo: plain(finished.undo),
    leave: plain(leave.title),
    goOn: plain(leave.goOn),
    watch: plain(common.youWatch),
    lend: plain(terminal.look),
    failed: ascii ? 'x ' : '✖',
  };
}

export type Said = ReturnType<typeof said>;
