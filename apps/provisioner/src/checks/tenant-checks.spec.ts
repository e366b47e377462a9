import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveId } from '../backup/archive.js';
import { findPackage } from '../find-package.js';
import { readProvisionerConfig } from '../provisioner.config.js';
import {
  containerLine,
  FakeDocker,
  rootWithTenant,
  token,
  wattfleet,
} from '../testing/provisioner.fixtures.js';
import { backupAge } from './backup-age.js';
import { databaseJobs } from './database-jobs.js';
import { drift } from './drift.js';
import { hypertable } from './hypertable.js';
import { migrations } from './migrations.js';
import { push } from './push.js';
import { tenantSubject, type TenantCheck } from './tenant-subject.js';
import { volumes } from './volumes.js';

const services = ['portal', 'timescaledb', 'grafana'];

/** A running tenant, of which one check is to be made. */
async function running(containers = services.map((service) => containerLine({ service }))) {
  const { root, edit } = await rootWithTenant();
  const docker = new FakeDocker().answer(/^ps /, containers.join('\n'));
  const config = readProvisionerConfig(findPackage(import.meta.dirname), { WATTFLEET_ROOT: root });
  const look = async (check: TenantCheck) => check.run(await tenantSubject({ config, docker }, 'abc0001'));
  return { root, edit, docker, look };
}

describe('push', () => {
  const metrics = (age: number, quarantined = 0) =>
    JSON.stringify({
      status: 200,
      body: `# HELP x\nwattfleet_outbox_batches 3\nwattfleet_outbox_rows 1500\nwattfleet_outbox_oldest_age_seconds ${age}\nwattfleet_outbox_quarantined_rows ${quarantined}\n`,
    });

  async function pushing(answer: string) {
    const made = await running();
    made.edit('tenant.yaml', /$/, 'fleet: {enabled: true, url: "https://admin.example.com"}\n');
    await wattfleet(made.root, ['set-fleet-token', 'ABC0001', '--token-file', '-'], { stdin: token });
    made.docker.answer(/^exec /, answer);
    return made.look(push);
  }

  it('is not looked at where it is off, and is an error without a token', async () => {
    const { edit, look } = await running();
    expect(await look(push)).toMatchObject([{ severity: 'skipped' }]);
    edit('tenant.yaml', /$/, 'fleet: {enabled: true, url: "https://admin.example.com"}\n');
    expect(await look(push)).toMatchObject([{ severity: 'error', found: 'it has no push token' }]);
  });

  it('is well while what waits is young', async () => {
    expect(await pushing(metrics(12.4))).toMatchObject([
      { severity: 'ok', found: '1500 measurements in 3 batches wait, the oldest for 12 s' },
    ]);
  });

  it('is told when it hangs, or when Admin has refused something', async () => {
    expect(await pushing(metrics(7_200, 40))).toMatchObject([
      { severity: 'warning', found: expect.stringContaining('the oldest for 120 minutes') as string },
      { severity: 'warning', found: 'Admin refused 40 measurements' },
    ]);
  });
});

describe('the database', () => {
  it('without its hypertable, or with a TimescaleDB that is not the image’s, is told of', async () => {
    const { docker, look } = await running();
    docker.answer(/psql/, '2.20.0\t2.22.1\t\ttimescale');
    expect(await look(hypertable)).toMatchObject([
      { severity: 'error', found: 'monitoring.measurement is not a hypertable' },
    ]);
    docker.answer(/psql/, '2.20.0\t2.22.1\t7\ttimescale');
    expect(await look(hypertable)).toMatchObject([{ severity: 'ok' }, { severity: 'warning' }]);
  });

  it('is told of when its jobs fail', async () => {
    const { docker, look } = await running();
    expect(await look(databaseJobs)).toMatchObject([{ severity: 'ok' }]);
    docker.answer(/psql/, '1001\tpolicy_compression\tmonitoring.measurement\t9\t9');
    expect(await look(databaseJobs)).toMatchObject([
      {
        severity: 'warning',
        found: 'job 1001 (policy_compression of monitoring.measurement) failed, 9 of 9 times',
      },
    ]);
  });

  it('is compared with the migrations of the portal’s image', async () => {
    const { docker, look } = await running();
    docker.answer(/psql/, 'House1\nAudit2').answer(/node/, '["House1","Sites3"]');
    expect(await look(migrations)).toMatchObject([
      { severity: 'error', found: 'not applied: Sites3' },
      { severity: 'warning', found: 'applied by a later version: Audit2' },
    ]);
    docker.answer(/node/, '["House1","Audit2"]');
    expect(await look(migrations)).toMatchObject([{ severity: 'ok' }]);
  });
});

describe('containers', () => {
  it('that run other images or settings than the files say are told of', async () => {
    const { docker, look } = await running([
      containerLine({ service: 'portal', image: 'wattfleet:0.0.1' }),
      containerLine({ service: 'timescaledb', image: 'timescale/timescaledb:2.22.1-pg17' }),
      containerLine({ service: 'grafana', image: '0620ecf6a6b9' }),
      containerLine({ service: 'charts' }),
    ]);
    docker.answer(/config --hash/, 'portal hash\ntimescaledb other\ngrafana hash');
    expect((await look(drift)).map(({ found }) => found)).toEqual([
      expect.stringMatching(/^portal runs wattfleet:0\.0\.1; tenant\.yaml says wattfleet:/),
      'timescaledb was started with other settings than its files have now',
      'grafana runs an older image than grafana/grafana:11.4.0 is now',
      'charts is no service of the stack',
    ]);
  });

  it('that miss a volume, have another one, or cannot write theirs are told of', async () => {
    const { docker, look } = await running();
    const mount = (name: string, to: string) => ({
      Type: 'volume',
      Name: `abc0001_${name}`,
      Destination: to,
    });
    docker
      .answer(
        /^inspect .*grafana/,
        JSON.stringify([
          mount('grafana-data', '/var/lib/grafana'),
          mount('grafana-dashboards', '/var/lib/grafana-dashboards'),
        ]),
      )
      .answer(/^inspect .*timescaledb/, JSON.stringify([mount('other', '/var/lib/postgresql/data')]))
      .answer(
        /^inspect .*portal/,
        JSON.stringify([
          ...['branding', 'import', 'reports'].map((name) => mount(`portal-${name}`, `/data/${name}`)),
          mount('grafana-dashboards', '/data/dashboards'),
        ]),
      )
      .answer(/^exec .*portal/, '/data/import');
    expect((await look(volumes)).map(({ found }) => found)).toEqual([
      'portal has nothing mounted at /data/keys: what it writes there is lost',
      'portal cannot write /data/import',
      'timescaledb has abc0001_other at /var/lib/postgresql/data instead of abc0001_timescale-data',
    ]);
  });
});

describe('backups', () => {
  it('are told of when there is none, or none of late', async () => {
    const { root, look, edit } = await running();
    expect(await look(backupAge)).toMatchObject([
      { severity: 'warning', found: 'there is none, and its schedule is daily' },
    ]);
    const make = (ageHours: number) => {
      const id = archiveId('abc0001', new Date(Date.now() - ageHours * 3_600_000));
      mkdirSync(path.join(root, 'backups', 'abc0001', id), { recursive: true });
    };
    make(96);
    expect(await look(backupAge)).toMatchObject([
      { severity: 'warning', found: expect.stringContaining('4 days old') as string },
    ]);
    make(5);
    expect(await look(backupAge)).toMatchObject([{ severity: 'ok' }]);
    edit('tenant.yaml', /$/, 'backup: {schedule: "off"}\n');
    expect(await look(backupAge)).toMatchObject([{ severity: 'skipped' }]);
  });
});
