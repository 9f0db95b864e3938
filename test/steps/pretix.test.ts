import { describe, expect, it } from 'vitest';
import { publicMysql, publicPostgresql, vendor } from '../../steps/pretix/editions.ts';
import { guide } from '../../steps/pretix/index.ts';
import { debian12, debian13, type Planned, planOf } from './plan-of.ts';

const needed = {
  REVERSE_PROXY_URL: 'https://inscription.mon-univ.fr',
  DSI_EMAIL: 'dsi@mon-univ.fr',
  ORG_NAME: 'Université Kosmos',
};
const byWizard = {
  LICENCE_BY: 'wizard',
  LICENCE_CONFIRMED: 'yes',
  ORGANIZER_BY: 'wizard',
  TOKEN_BY: 'wizard',
  KSUP_BY: 'wizard',
  KSUP_UNIT: 'tomcat9.service',
};
const python = { PYTHON: '/opt/python3.9/bin/python3.9' };

const plan = (
  given: Readonly<Record<string, string>> = {},
  facts: Readonly<Record<string, string>> = debian12,
) => planOf(guide, facts, { ...needed, ...given });

function operation(planned: Planned, step: string, kind: string) {
  const found = planned.operations.find((one) => one.step === step && one.op.kind === kind);
  if (!found) throw new Error(`no ${kind} in ${step}`);
  return found.op;
}

function fileText(planned: Planned, step: string): string {
  const op = operation(planned, step, 'file');
  if (op.kind !== 'file') throw new Error('not a file');
  return planned.values.full(op.content ?? '', op.syntax);
}

function siteText(planned: Planned): string {
  const op = operation(planned, 'apache-vhost', 'apache-site');
  return op.kind === 'apache-site' ? (op.content ?? '') : '';
}

const problemOf = ({ resolution }: Planned, id: string) =>
  resolution.problems.find((one) => one.id === id)?.say.en ?? '';

describe('the plan', () => {
  it('is the agreed one on Debian 12', async () => {
    await expect(`${plan().lines.join('\n')}\n`).toMatchFileSnapshot('pretix-plan-debian12.txt');
  });

  it('is the agreed one on Debian 13', async () => {
    await expect(`${plan({}, debian13).lines.join('\n')}\n`).toMatchFileSnapshot('pretix-plan-debian13.txt');
  });

  it('is the agreed one where the wizard does all it can', async () => {
    const lines = plan(byWizard).lines.slice(
      plan(byWizard).lines.findIndex((line) => line.startsWith('licence')),
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('pretix-plan-by-wizard.txt');
  });

  it('needs only three answers', () => {
    expect(plan().resolution.problems).toEqual([]);
    expect(planOf(guide, debian12, {}).resolution.problems.map(({ id }) => id)).toContain(
      'REVERSE_PROXY_URL',
    );
  });

  it('asks for no value that nothing gives, whatever is chosen', () => {
    for (const given of everyChoice()) {
      const planned = plan(given);
      expect({ given, problems: planned.resolution.problems, missing: planned.missing }).toEqual({
        given,
        problems: [],
        missing: [],
      });
    }
  });

  it('replaces the password admin before Apache is opened', () => {
    const steps = plan().lines.map((line) => line.split(':')[0]);
    expect(steps.indexOf('admin-password')).toBeGreaterThan(steps.indexOf('migrate'));
    expect(steps.indexOf('admin-password')).toBeLessThan(steps.indexOf('unit-web'));
    expect(steps.indexOf('admin-password')).toBeLessThan(steps.indexOf('apache-vhost'));
  });

  it('leaves nothing that counts to a person where the wizard does all', () => {
    const items = plan(byWizard).operations.flatMap(({ op }) => (op.kind === 'checklist' ? op.items : []));
    expect(items.filter((item) => !item.optional).map(({ id }) => id)).toEqual([]);
  });

  it('asks a person to restart K-Sup where its service is not named', () => {
    const planned = plan({ ...byWizard, KSUP_UNIT: '' });
    expect(planned.lines).toContain('ksup-restart: checklist todo:ksup-restart');
  });
});

describe('the edition', () => {
  const edition = (planned: Planned) => planned.resolution.answers.get('EDITION')?.value;

  it('fits the Debian by default', () => {
    expect(edition(plan())).toBe(publicMysql);
    expect(edition(plan({}, debian13))).toBe(publicPostgresql);
  });

  it('is refused with its reason where it cannot run', () => {
    expect(problemOf(plan({ EDITION: publicMysql }, debian13), 'EDITION')).toMatch(/3\.13/);
    expect(problemOf(plan({ EDITION: vendor }), 'EDITION')).toMatch(/3\.7 to 3\.10/);
  });

  it('of the vendor is accepted with a Python that fits', () => {
    expect(plan({ EDITION: vendor, ...python }).resolution.problems).toEqual([]);
    expect(plan({ EDITION: vendor }, { ...debian12, python3: '3.9' }).resolution.problems).toEqual([]);
  });

  it('of the vendor takes only Pretix from the vendor’s index', () => {
    const pips = plan({ EDITION: vendor, ...python }).operations.flatMap(({ op }) =>
      op.kind === 'pip' ? op : [],
    );
    const fromVendor = pips.filter((op) => op.index !== undefined);
    expect(fromVendor.map(({ packages, noDeps }) => ({ packages, noDeps }))).toEqual([
      { packages: ['pretix==%VENDOR_VERSION%'], noDeps: true },
    ]);
  });

  it('2026.8.0 has frame-ancestors in Apache and not in pretix.cfg', () => {
    const [old, recent] = [plan(), plan({ EDITION: publicPostgresql })];
    expect(fileText(old, 'conf-file')).toMatch(
      /^csp_additional_header=frame-ancestors https:\/\/\*\.mon-univ\.fr; .*[^;]$/m,
    );
    expect(siteText(old)).not.toMatch(/frame-ancestors/);
    expect(fileText(recent, 'conf-file')).toMatch(/^csp_additional_header=style-src .*[^;]$/m);
    expect(fileText(recent, 'conf-file')).not.toMatch(/=.*frame-ancestors/);
    expect(siteText(recent)).toMatch(/Content-Security-Policy "frame-ancestors %KSUP_URL_MAIN_DOMAIN%"/);
  });

  it('decides how an interrupted migrate goes on', () => {
    const interrupted = (planned: Planned) => {
      const op = operation(planned, 'migrate', 'command');
      return op.kind === 'command' ? op.interrupted : '';
    };
    expect(interrupted(plan())).toBe('undo-first');
    expect(interrupted(plan({ EDITION: publicPostgresql }))).toBe('again');
  });
});

describe('pretix.cfg', () => {
  it('closes registration, and carries any password as it is', () => {
    const text = fileText(plan({ BDD_PASSWORD: 'Lab%Pw;1 #é' }), 'conf-file');
    expect(text).toMatch(/^registration=off$/m);
    expect(text).toMatch(/^password=Lab%Pw;1 #é$/m);
  });

  it('holds SMTP authentication only where it is wanted', () => {
    expect(fileText(plan(), 'conf-file')).not.toMatch(/^(user=.*@|tls|ssl)/m);
    const given = {
      SMTP_USER: 'pretix@mon-univ.fr',
      SMTP_PASSWORD: 'secret words',
      SMTP_SECURITY: 'starttls',
    };
    expect(fileText(plan(given), 'conf-file')).toMatch(
      /user=pretix@mon-univ\.fr\npassword=secret words\ntls=on\n/,
    );
  });

  it('fetches no exchange rates on a closed network', () => {
    expect(fileText(plan({ OUTSIDE_CALLS: 'no' }), 'conf-file')).toMatch(/^ecb_rates=off$/m);
  });
});

describe('the Apache site', () => {
  it('keeps media and static files out of the proxy, before everything else goes to it', () => {
    const text = siteText(plan());
    expect(text.indexOf('ProxyPass /media !')).toBeLessThan(text.indexOf('ProxyPass / http'));
    expect(text.indexOf('ProxyPass /static !')).toBeLessThan(text.indexOf('ProxyPass / http'));
    expect(text).toMatch(/<LocationMatch "\^\/media\/\(cachedfiles\|invoices\)[^>]*>\n *Require all denied/);
    expect(text).not.toMatch(/AllowOverride All/);
  });

  it('has a certificate only where TLS ends in it', () => {
    expect(siteText(plan())).not.toMatch(/SSLEngine|:443/);
    const text = siteText(plan({ TLS: 'files', TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key' }));
    expect(text).toMatch(/<VirtualHost \*:443>/);
    expect(text).toMatch(/RequestHeader unset X-Forwarded-For early/);
  });
});

describe('who does what', () => {
  it('declares the licence only after an explicit yes', () => {
    expect(problemOf(plan({ LICENCE_BY: 'wizard' }), 'LICENCE_CONFIRMED')).not.toBe('');
    expect(problemOf(plan({ LICENCE_BY: 'wizard', LICENCE_CONFIRMED: 'no' }), 'LICENCE_CONFIRMED')).toMatch(
      /confirm/,
    );
    expect(problemOf(plan({ LICENCE_BY: 'wizard', LICENCE_CONFIRMED: 'yes' }), 'LICENCE_CONFIRMED')).toBe('');
  });

  it('refuses the token without the organizer', () => {
    expect(problemOf(plan({ TOKEN_BY: 'wizard' }), 'TOKEN_BY')).toMatch(/organizer/);
  });

  it('declares for a public version what is true for it, with the source’s value beside it', () => {
    const labelled = (planned: Planned, label: string) => {
      const op = operation(planned, 'licence-check', 'checklist');
      const fields = op.kind === 'checklist' ? (op.items[0]?.fields ?? []) : [];
      return fields.filter((field) => field.label === label);
    };
    const [changes, ...others] = labelled(plan(), 'Changes to pretix');
    expect(others).toEqual([]);
    expect(changes?.value).toMatch(/without any custom modifications/);
    expect(changes?.note?.en).toMatch(/includes changes or extensions/);
    const ofVendor = plan({ EDITION: vendor, ...python });
    expect(labelled(ofVendor, 'Changes to pretix')[0]?.value).toMatch(/includes changes or extensions/);
    expect(labelled(ofVendor, 'Source code instructions')[0]?.value).toMatch(/Kosmos Education https/);
  });

  it('gives the person a temporary password that has to be changed', () => {
    const script = operation(plan({ ADMIN_PASSWORD_BY: 'person' }), 'admin-password', 'script');
    expect(script.kind === 'script' && script.content).toMatch(/needs_password_change = True/);
    const other = operation(plan(), 'admin-password', 'script');
    expect(other.kind === 'script' && other.content).not.toMatch(/needs_password_change/);
  });
});

describe('the database', () => {
  it('belongs to an account of its own unless K-Sup’s is asked for', () => {
    expect(plan().lines).toContain('db-user: sql-user mysql:user/pretix@localhost');
    const shared = plan({ DB_USER_MODE: 'shared', BDD_PASSWORD: 'known' });
    expect(shared.lines.filter((line) => line.includes('sql-user'))).toEqual([]);
    expect(shared.lines).toContain('db-grant: sql-grant mysql:grant/ksup-admin@localhost/pretix');
  });

  it('is left to its administrator, with the SQL to run, where the wizard has no rights', () => {
    const planned = plan({ BDD_HOST: 'db.mon-univ.fr' });
    expect(planned.lines.filter((line) => /: sql-/.test(line))).toEqual([]);
    const op = operation(planned, 'db-by-person', 'checklist');
    const values =
      op.kind === 'checklist' ? op.items.flatMap((item) => item.fields ?? []).map(({ value }) => value) : [];
    expect(values[0]).toMatch(/^CREATE DATABASE pretix /);
    expect(values.at(-1)).toMatch(/^GRANT .* ON pretix\.\* TO '%BDD_USER%'@'%SOURCE%';$/);
    expect(planned.lines).toContain('probe-db: packages pkg:mariadb-client');
  });
});

describe('the errata', () => {
  it('that concern safety on a public address cannot be switched off', () => {
    const literal = guide.errata.filter((erratum) => erratum.literal).map(({ id }) => id);
    for (const id of ['E-invoices', 'E-adminpw', 'E-register']) expect(literal).not.toContain(id);
  });

  it('that may be followed to the letter change the plan', () => {
    expect(
      plan({ LITERAL: 'E-cfgowner' }).operations.find(({ step }) => step === 'conf-file')?.op,
    ).toMatchObject({
      mode: '0600',
      owner: 'pretix:pretix',
    });
    const unit = operation(plan({ LITERAL: 'E-unit-after E-xff' }), 'unit-web', 'systemd-unit');
    expect(unit.kind === 'systemd-unit' && unit.content).toMatch(/^After=network\.target$/m);
  });
});

describe('the texts', () => {
  it('follow French typography', () => {
    expect(frenchTexts(guide).filter((text) => / [:;?!»]|« /.test(text))).toEqual([]);
  });
});

function frenchTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'fr' in value && typeof value.fr === 'string' ? [value.fr] : [];
  return [...own, ...Object.values(value).flatMap(frenchTexts)];
}

/** Each value of each choice with each of the choices that it meets in conditions. */
function everyChoice(): Record<string, string>[] {
  const alternatives: Record<string, string>[][] = [
    [{}, { EDITION: publicPostgresql }, { EDITION: vendor, ...python }],
    [
      {},
      { DB_ADMIN: 'person' },
      { DB_ADMIN: 'password', DB_ADMIN_PASSWORD: 'x' },
      { BDD_HOST: 'db.mon-univ.fr' },
      { BDD_HOST: 'db.mon-univ.fr', DB_ADMIN: 'password', DB_ADMIN_PASSWORD: 'x' },
    ],
    [{}, { DB_USER_MODE: 'shared', BDD_PASSWORD: 'known' }],
    [
      {},
      { TLS: 'files', TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key', SERVER_ALIAS: 'i.mon-univ.fr' },
    ],
    [{}, { SMTP_USER: 'u', SMTP_PASSWORD: 'p', SMTP_SECURITY: 'ssl', OUTSIDE_CALLS: 'no' }],
    [{}, { ...byWizard, ADMIN_PASSWORD_BY: 'person' }, { KSUP_BY: 'wizard' }],
    [{}, { LITERAL: 'E-cfgowner E-unit-after E-xff' }],
  ];
  return alternatives.reduce<Record<string, string>[]>(
    (all, options) => all.flatMap((given) => options.map((option) => ({ ...given, ...option }))),
    [{}],
  );
}
