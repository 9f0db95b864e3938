/** What only one guide of a machine can have: a port, a database, the content of a file. */
import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/run.ts';
import { opened } from '../../journal/fold.ts';
import type { JournalRecord, PlannedOperation, PlannedStep } from '../../journal/records.ts';
import { standingInstalls } from '../../journal/state.ts';
import { lookedAt, makesNothing } from '../needs.ts';
import { operationOf } from '../plan.ts';
import type { Plan } from '../protocol.ts';
import type { Install } from './order.ts';

/** Another guide on this machine holds what this one needs for itself alone. */
export async function claimedElsewhere(
  order: Install,
  steps: readonly PlannedStep[],
): Promise<Text | undefined> {
  const wanted = new Set(claimsOf(steps));
  return heldElsewhere(order, (others) => claimsOf(others).find((claim) => wanted.has(claim)));
}

/** This plan would change what another guide has made, or will make otherwise. */
export async function overwrittenElsewhere(
  order: Install,
  plan: Plan,
  steps: readonly PlannedStep[],
): Promise<Text | undefined> {
  const seen = plan.steps.flatMap((step) => step.operations);
  const changing = new Set(seen.filter(({ change }) => change === 'change').map(({ key }) => key));
  const wanted = madeWhole(steps).filter(({ key }) => changing.has(key));
  return heldElsewhere(order, (others, isFound) => {
    const isTaken = (one: PlannedOperation) =>
      madeWhole(others).some(
        (other) => isSameThing(one.key, other.key) && (isHeld(other, isFound) || wantsOtherwise(one, other)),
      );
    return wanted.find(isTaken)?.key;
  });
}

type FindHeld = (
  steps: readonly PlannedStep[],
  isFound: (planned: PlannedOperation) => boolean,
) => string | undefined;

async function heldElsewhere({ around, guide }: Install, findHeld: FindHeld): Promise<Text | undefined> {
  const runs = await around.state.runs();
  for (const run of standingInstalls(runs)) {
    const first = opened(run.records);
    if (!first || first.guide === guide.id) continue;
    const looked = lookedAt(run, runs).map(({ planned }) => planned);
    // Stopped, or failed, before it did or found anything: it holds nothing.
    if (looked.every((planned) => makesNothing(operationOf(planned)))) continue;
    const found = new Set(looked.map(({ id }) => id));
    const held = findHeld(agreedSteps(run.records), ({ id }) => found.has(id));
    if (held) return texts.alreadyClaimed(held, first.title, run.id);
  }
  return undefined;
}

/** Of every plan that was agreed to: after a corrected answer, what was done by the former one still stands. */
function agreedSteps(records: readonly JournalRecord[]): PlannedStep[] {
  const agreed = records.flatMap((record) => (record.type === 'consent' ? [record.hash] : []));
  return records.flatMap((record) =>
    record.type === 'planned' && agreed.includes(record.hash) ? record.steps : [],
  );
}

const operationsIn = (steps: readonly PlannedStep[]): PlannedOperation[] =>
  steps.flatMap(({ operations }) => operations);

/** What operations can make is for everybody who needs it; the rest has one owner, as a database has. */
function claimsOf(steps: readonly PlannedStep[]): string[] {
  return operationsIn(steps).flatMap((planned) => {
    const op = operationOf(planned);
    const claims = (op.claims ?? []).filter(
      (claim) =>
        !/^(pkg|rpm|user|dir|file|unit|git|apache|nginx|supervisor|firewalld|selinux|ufw):/.test(claim),
    );
    return op.kind === 'sql-database' ? [planned.key, ...claims] : claims;
  });
}

const whole = [
  'file',
  'block',
  'setting',
  'host-name',
  'hosts-entry',
  'link',
  'directory',
  'git-checkout',
  'apache-site',
  'apt-repository',
  'debconf-answer',
  'nginx-site',
  'supervisor-program',
  'rpm-module',
  'rpm-repository',
  'prosody-account',
  'compose-project',
  'sql-user',
  'pip',
  'ufw-rule',
];

/** What is as one guide wants it, or as another. */
function madeWhole(steps: readonly PlannedStep[]): PlannedOperation[] {
  return operationsIn(steps).filter((planned) => {
    const op = operationOf(planned);
    return whole.includes(op.kind) || (op.kind === 'systemd-unit' && op.content !== undefined);
  });
}

/** A rule of a firewall that somebody has deleted since may be given again. */
const isHeld = (planned: PlannedOperation, isFound: (planned: PlannedOperation) => boolean): boolean =>
  operationOf(planned).kind !== 'ufw-rule' && isFound(planned);

function wantsOtherwise(one: PlannedOperation, other: PlannedOperation): boolean {
  const [a, b] = [operationOf(one), operationOf(other)];
  if (a.kind === 'ufw-rule' && b.kind === 'ufw-rule') return (a.present ?? true) !== (b.present ?? true);
  return !isDeepStrictEqual(one.op, other.op);
}

/** A block is a part of its file; two blocks are two things. */
function isSameThing(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}#`) || other.startsWith(`${one}#`);
}
