import { expect, test } from 'vitest';
import { Redactor } from '../../src/answers/redactor.ts';
import type { PlannedStep } from '../../src/journal/records.ts';
import { withReopened, withRestarts } from '../../src/run/foresee.ts';
import type { ChangeWord, Plan, PlanOperation } from '../../src/run/protocol.ts';
import { RunValues } from '../../src/run/values.ts';

const text = { fr: 'x', en: 'x' };
const values = new RunValues(new Map(), new Redactor(), async () => {});

const configuration = 'file:/etc/app.cfg';
const planned: PlannedStep[] = ['app.service', 'other.service'].map((name, index) => ({
  id: name,
  title: text,
  chapter: text,
  source: [],
  errata: [],
  manual: false,
  needs: [],
  operations: [
    {
      id: name,
      key: `unit:${name}`,
      op: { kind: 'systemd-unit', name, active: true, restartOn: index === 0 ? [configuration] : [] },
    },
  ],
}));

const operation = (key: string, change: ChangeWord, kind = key.split(':')[0] ?? ''): PlanOperation => ({
  key,
  kind,
  title: text,
  change,
  commands: [],
  diff: '',
});

const step = (id: string, ...operations: PlanOperation[]): Plan['steps'][number] => ({
  id,
  title: text,
  chapter: text,
  source: [],
  errata: [],
  manual: false,
  operations,
});

const planWith = (change: ChangeWord): Plan => ({
  guide: 'mini',
  hash: '',
  steps: [
    step('configuration', operation(configuration, change)),
    step('app.service', operation('unit:app.service', 'none')),
    step('other.service', operation('unit:other.service', 'none')),
  ],
});

test('a service restarts when one of its inputs changes, and the plan says so with the reason', () => {
  const [, app, other] = withRestarts(planWith('change'), planned, values).steps;
  expect(app?.operations[0]).toMatchObject({
    change: 'change',
    commands: [['systemctl', 'restart', '--', 'app.service']],
    reason: { en: `what it depends on changes: ${configuration}` },
  });
  expect(other?.operations[0]?.change).toBe('none');
});

test('programs of supervisor too: theirs alone', () => {
  const op = { kind: 'supervisor-program', name: 'app', path: '/etc/supervisor/conf.d/app.conf' };
  const [app] = planned;
  if (!app) throw new Error('nothing planned');
  const key = 'supervisor:app';
  const operations = [{ id: key, key, op: { ...op, template: '', restartOn: [configuration] } }];
  const plan = {
    ...planWith('change'),
    steps: [step('app', operation(key, 'none'), operation(configuration, 'change'))],
  };
  const [restarted] = withRestarts(plan, [{ ...app, operations }], values).steps;
  expect(restarted?.operations[0]?.commands).toEqual([
    ['supervisorctl', '-c', '/etc/supervisor/supervisord.conf', 'restart', 'app:*'],
  ]);
});

test('containers are made anew when one of their inputs changes', () => {
  const [service] = planned;
  if (!service) throw new Error('no step');
  const project = {
    kind: 'compose-project',
    project: 'ej',
    dir: '/srv',
    services: ['web', 'db'],
    restartOn: [configuration],
  } as const;
  const containers: PlannedStep = {
    ...service,
    operations: [{ id: 'up', key: 'docker:project/ej/web', op: project }],
  };
  const plan = (change: ChangeWord): Plan => ({
    guide: 'mini',
    hash: '',
    steps: [
      step('configuration', operation(configuration, change)),
      step('app.service', operation('docker:project/ej/web', 'none')),
    ],
  });
  expect(withRestarts(plan('change'), [containers], values).steps[1]?.operations[0]).toMatchObject({
    change: 'change',
    commands: [['docker', 'compose', 'up', '--detach', '--no-build', 'web', 'db']],
    reason: { en: expect.stringContaining(configuration) },
  });
  expect(withRestarts(plan('none'), [containers], values)).toEqual(plan('none'));
});

test('a service whose inputs stay as they are is left alone', () => {
  expect(withRestarts(planWith('none'), planned, values)).toEqual(planWith('none'));
});

test('a finished step with a change is reopened; one that is only looked at, or was not finished, is not', () => {
  const plan: Plan = {
    guide: 'mini',
    hash: '',
    steps: [
      step('changes', operation('file:/a', 'change')),
      step('stays', operation('file:/b', 'none')),
      step('looks', operation('check:c', 'change')),
      step('new', operation('file:/d', 'change')),
    ],
  };
  const marked = withReopened(plan, new Set(['changes', 'stays', 'looks']));
  expect(marked.steps.filter(({ reopened }) => reopened).map(({ id }) => id)).toEqual(['changes']);
});
