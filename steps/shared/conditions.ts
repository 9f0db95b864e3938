/** Conditions that several guides need, and operations under one. */
import type { Operation } from '../../src/guide/kinds.ts';
import type { Cond, Id } from '../../src/guide/types.ts';

/** An answer that names a server of this machine. */
export const isHere = (host: Id): Cond => ({ answer: host, is: ['localhost', '127.0.0.1', '::1'] });

/** The answer to who does something (`X_BY`). */
export const byPerson = (id: Id): Cond => ({ answer: id, is: ['person'] });
export const byWizard = (id: Id): Cond => ({ answer: id, is: ['wizard'] });

const both = (...all: readonly Cond[]): Cond => ({ all });

/** The same operations, only where the condition holds too. */
export const only = (when: Cond, operations: readonly Operation[]): Operation[] =>
  operations.map((op) => ({ ...op, when: op.when ? both(when, op.when) : when }));
