import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DataSource, EntityManager } from 'typeorm';
import { Secret } from '#libs/config';
import { ensureGrafanaReader, type Database, type DatabaseAddress } from '#libs/database';
import { grafanaSource } from '../../../apps/portal/src/dashboards/grafana-views.js';
import { countedChannels } from '../../../apps/portal/src/measurements/counted-channels.js';
import { prepareMeasurements } from '../../../apps/portal/src/measurements/rollups.js';
import { portalDatabase } from '../../../apps/portal/src/portal.database.js';
import { isServer, openTestDatabase, stopPolicies } from '../test-database.js';
import { asReader } from './as-reader.js';

let database: Database & { address: DatabaseAddress };
let dataSource: DataSource;

beforeAll(async () => {
  database = await openTestDatabase(portalDatabase);
  ({ dataSource } = database);
  await stopPolicies(database);
  await prepareMeasurements(dataSource, () => undefined);
  await prepareGrafana();
  await dataSource.query(
    `INSERT INTO monitoring.measurement (channel_id, time, value)
     SELECT 1, TIMESTAMPTZ '2026-01-01Z' + day * INTERVAL '1 day', day FROM generate_series(0, 20) AS day`,
  );
});
afterAll(() => database.close());

const prepareGrafana = (password?: Secret) => ensureGrafanaReader(dataSource, grafanaSource, password);

/** Everything outside of the system's own schemas that the role may touch. */
function privileges(): Promise<{ name: string; may: string }[]> {
  return dataSource.query(
    `SELECT nspname || '.' || relname AS name, privilege AS may
     FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace,
       unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
     WHERE relkind IN ('r', 'v', 'm', 'p') AND (nspname IN ('monitoring', 'grafana', 'public') OR relname LIKE '\\_hyper\\_%')
       AND has_table_privilege('grafana_reader', pg_class.oid, privilege) ORDER BY 1`,
  );
}

describe('the role of Grafana', () => {
  it('may read the views and nothing else', async () => {
    const views = Object.keys(grafanaSource.views).map((name) => ({
      name: `grafana.${name}`,
      may: 'SELECT',
    }));
    expect(await privileges()).toEqual(views.toSorted((a, b) => a.name.localeCompare(b.name)));
  });

  it.each(Object.keys(grafanaSource.views))('reads grafana.%s', async (view) => {
    const asked = asReader(dataSource, (reader) => reader.query(`SELECT * FROM grafana.${view} LIMIT 1`));
    await expect(asked).resolves.toBeInstanceOf(Array);
  });

  it.each([
    'SELECT * FROM monitoring.account',
    'SELECT * FROM monitoring.session',
    'SELECT * FROM monitoring.api_token',
    'SELECT * FROM monitoring.outbox',
    'SELECT * FROM monitoring.measurement',
    'SELECT * FROM monitoring.measurement_hourly',
    "INSERT INTO grafana.measurement VALUES (1, '2026-01-01Z', 1)",
    "UPDATE grafana.site SET name = 'x'",
    'DELETE FROM grafana.measurement',
    'TRUNCATE monitoring.measurement',
    'CREATE TABLE grafana.more (id int)',
    'CREATE TABLE public.more (id int)',
    'DROP VIEW grafana.site',
    'SELECT rolpassword FROM pg_authid',
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')",
  ])('is refused: %s', async (statement) => {
    const said = asReader(dataSource, (reader) => reader.query(statement));
    await expect(said).rejects.toThrow(/permission denied|must be owner|cannot .* view/);
  });

  it('shows nobody’s name, password or token', async () => {
    const columns: { name: string }[] = await dataSource.query(
      `SELECT DISTINCT column_name AS name FROM information_schema.columns WHERE table_schema = 'grafana'`,
    );
    expect(
      columns.map(({ name }) => name).filter((name) => /email|account|password|token|hash|sha/.test(name)),
    ).toEqual([]);
  });

  it('reads only, and not for ever', async () => {
    const [role]: { settings: string[] }[] = await dataSource.query(
      `SELECT rolconfig AS settings FROM pg_roles WHERE rolname = 'grafana_reader'`,
    );
    expect(role?.settings).toEqual(
      expect.arrayContaining(['statement_timeout=30s', 'default_transaction_read_only=on']),
    );
  });
});

describe.skipIf(!isServer)('a session of the role', () => {
  it('is opened with its password alone, reads only and ends what takes too long', async () => {
    const { address } = database;
    if (address.kind !== 'server') throw new Error('the test is for a server');
    const password = 'a-password-of-the-tests';
    await prepareGrafana(new Secret(password));
    const { host, port, name } = address;
    const client = new Client({ host, port, database: name, user: 'grafana_reader', password });
    await client.connect();
    onTestFinished(() => client.end());
    const { rows } = await client.query(
      `SELECT current_setting('statement_timeout') AS timeout, current_setting('transaction_read_only') AS read_only,
         (SELECT count(*)::int FROM grafana.measurement) AS samples`,
    );
    expect(rows).toEqual([{ timeout: '30s', read_only: 'on', samples: 21 }]);
    await expect(client.query('SELECT 1 FROM monitoring.session')).rejects.toThrow('permission denied');
  });
});

describe('a start', () => {
  const viewIds = () =>
    dataSource.query(`SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace('grafana') ORDER BY oid`);

  it('leaves views that are as they should be', async () => {
    const before: unknown = await viewIds();
    await prepareGrafana(new Secret('a-password-of-the-tests'));
    expect(await viewIds()).toEqual(before);
  });

  it('makes views anew that are missing or older', async () => {
    await dataSource.query('DROP VIEW grafana.site');
    await prepareGrafana();
    await dataSource.query(`COMMENT ON SCHEMA grafana IS 'of before'`);
    await dataSource.query('DROP VIEW grafana.channel');
    await dataSource.query('CREATE VIEW grafana.channel AS SELECT 1 AS one');
    await prepareGrafana();
    for (const statement of ['SELECT site FROM grafana.site', 'SELECT channel_id FROM grafana.channel']) {
      await expect(asReader(dataSource, (reader) => reader.query(statement))).resolves.toEqual([]);
    }
  });

  it('takes away what the role could read before it had views', async () => {
    const before = await privileges();
    await dataSource.query('GRANT USAGE ON SCHEMA monitoring TO grafana_reader');
    await dataSource.query(
      'GRANT SELECT ON monitoring.site, monitoring.measurement, monitoring.measurement_hourly TO grafana_reader',
    );
    expect((await privileges()).length).toBeGreaterThan(before.length);
    await prepareGrafana();
    expect(await privileges()).toEqual(before);
  });
});

describe('channels that count', () => {
  const devices: [label: string, name: string, unit: string][][] = [
    [
      ['Ch1', 'Voie1', 'W'],
      ['Ch2', 'Voie2', 'kW'],
      ['U1', '', 'V'],
      ['Ch3', 'Total', 'kWh'],
    ],
    [
      ['Ch1', 'P total', 'W'],
      ['Ch2', 'P L1', 'W'],
      ['Ch3', 'Somme', 'kW'],
    ],
    [
      ['E1', '', 'Wh'],
      ['E2', '', 'kWh'],
    ],
    [
      ['E1', 'gesamt', 'kWh'],
      ['E2', '', 'kWh'],
      ['T', 'subtotal', 'MWh'],
    ],
    [['I1', '', 'A']],
  ];

  it('are those of the portal’s own charts', async () => {
    await dataSource.transaction((manager) => insertDevices(manager));
    const inView: unknown = await asReader(dataSource, (reader) =>
      reader.query(
        `SELECT serial, label, kind, factor FROM grafana.counted_channel JOIN grafana.channel USING (channel_id) ORDER BY 1, 2`,
      ),
    );
    const candidates = devices.flatMap((channels, device) =>
      channels.map(([label, name, unit]) => ({ deviceId: `D${device}`, label, name, unit })),
    );
    const wanted = countedChannels(candidates).map(({ channel, kind, factor }) => ({
      serial: channel.deviceId,
      label: channel.label,
      kind,
      factor,
    }));
    expect(wanted.length).toBeGreaterThan(5);
    expect(inView).toEqual(
      wanted.toSorted((a, b) => `${a.serial} ${a.label}`.localeCompare(`${b.serial} ${b.label}`)),
    );
  });

  async function insertDevices(manager: EntityManager): Promise<void> {
    const [site]: { id: number }[] = await manager.query(
      `INSERT INTO monitoring.site (uid, slug, name, time_zone) VALUES (gen_random_uuid(), 'a', 'A', 'UTC') RETURNING id`,
    );
    for (const [index, channels] of devices.entries()) {
      const [device]: { id: number }[] = await manager.query(
        `INSERT INTO monitoring.device (uid, site_id, serial) VALUES (gen_random_uuid(), $1, $2) RETURNING id`,
        [site?.id, `D${index}`],
      );
      for (const [label, name, unit] of channels) {
        await manager.query(
          `INSERT INTO monitoring.channel (uid, device_id, label, name, unit, quantity)
           VALUES (gen_random_uuid(), $1, $2, $3, $4, 'power')`,
          [device?.id, label, name, unit],
        );
      }
    }
  }
});
