/**
 * What a person does by hand. The runner leads through it and records each tick; nothing here is changed by us,
 * and nothing is taken back by us.
 */
import type { Difference, Json, Op, Undone, Verbs } from './verbs.ts';

export const checklist: Verbs<Op<'checklist'>, null> = {
  keys: (op, values) => [`todo:${values.public(op.name)}`],

  async inspect() {
    return null;
  },

  diff: ({ items }): Difference => ({ change: 'person', reason: byHand(items.length) }),

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
    if (!only || others.length > 0) return byHand(items.length);
    return {
      fr: `À la main\u00a0: ${values.masked(only.text.fr)}`,
      en: `By hand: ${values.masked(only.text.en)}`,
    };
  },
};

const byHand = (count: number) => ({
  fr: count === 1 ? 'un point à faire à la main' : `${count} points à faire à la main`,
  en: count === 1 ? 'one item to do by hand' : `${count} items to do by hand`,
});
