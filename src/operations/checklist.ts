/**
 * What a person does by hand. The runner leads through it and records each tick; nothing here is changed by us,
 * and nothing is taken back by us.
 */
import * as texts from '../i18n/texts/operations.ts';
import type { Difference, Json, Op, Undone, Verbs } from './verbs.ts';

export const checklist: Verbs<Op<'checklist'>, null> = {
  keys: (op, values) => [`todo:${values.public(op.name)}`],

  async inspect() {
    return null;
  },

  diff: ({ items }): Difference => ({ change: 'person', reason: texts.itemsByHand(items.length) }),

  mark: (): Json => null,

  async capture(): Promise<Json> {
    return null;
  },

  async apply() {},

  async undo(): Promise<Undone> {
    return {};
  },

  describe({ items }, values) {
    const [only, ...others] = items;
    if (!only || others.length > 0) return texts.itemsByHand(items.length);
    return texts.byHand({ fr: values.masked(only.text.fr), en: values.masked(only.text.en) });
  },
};
