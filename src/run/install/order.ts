import type { SecretStore } from '../../answers/store.ts';
import type { Guide } from '../../guide/types.ts';
import type { Surroundings } from '../context.ts';
import type { Assets } from '../plan.ts';
import type { Decision } from '../protocol.ts';
import type { Session } from '../session.ts';

/** What an install works with. */
export interface Install {
  readonly session: Session;
  readonly guide: Guide;
  readonly assets: Assets;
  readonly facts: Readonly<Record<string, string>>;
  readonly store: SecretStore;
  readonly around: Omit<Surroundings, 'values'>;
  readonly start: Extract<Decision, { type: 'start' }>;
}
