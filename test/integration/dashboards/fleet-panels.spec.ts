import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FleetClient } from '../admin/fleet-client.js';
import { asReader } from './as-reader.js';
import { expandMacros } from './macros.js';
import { fleetDashboard, type Row } from './panel-files.js';
import { expectShape } from './panel-shape.js';

const dayMs = 86_400_000;

let fleet: FleetClient;
let customers: number[];

beforeAll(async () => {
  fleet = await FleetClient.start();
  customers = [(await fleet.register('ABC0001', 'Acme')).id, (await fleet.register('ABC0002', 'Bolt')).id];
  await fleet.query(
    `INSERT INTO fleet.daily_energy (customer_id, day, energy_kwh, covered_hours, channels)
     SELECT id, current_date - ago, 100 * ago, 36, 2 FROM unnest($1::int[]) AS id, generate_series(0, 50) AS ago`,
    [customers],
  );
  await fleet.query(
    `INSERT INTO fleet.ingest_event (customer_id, received_at, outcome, type, rows_received, rows_accepted, rows_rejected, bytes, duration_ms, lag_seconds)
     SELECT id, now() - ago * INTERVAL '6 hours', 'accepted', 'measurements', 100, 98, 2, 1000, 12, 60
     FROM unnest($1::int[]) AS id, generate_series(0, 100) AS ago`,
    [customers],
  );
  await fleet.query(
    `UPDATE fleet.customer SET newest_data_at = now() - INTERVAL '1 hour', last_accepted_at = now()`,
  );
});
afterAll(() => fleet.running.close());

function ask(rawSql: string, rangeMs: number, of: readonly number[]): Promise<Row[]> {
  const to = new Date();
  const sql = expandMacros(rawSql, {
    from: new Date(to.getTime() - rangeMs),
    to,
    variables: { customer: of },
  });
  return asReader(fleet.running.dataSource, (reader) => reader.query(sql));
}

describe.each(fleetDashboard.panels.map((panel) => [panel.title, panel] as const))('%s', (_, panel) => {
  it.each([2 * dayMs, 30 * dayMs])('answers what Grafana can draw: %d ms', async (rangeMs) => {
    expect(panel.fieldConfig.defaults.unit).toMatch(/^\w+$/);
    expect(panel.description).not.toBe('');
    for (const { rawSql, format, datasource } of panel.targets) {
      expect(datasource.uid).toBe('wattfleet-fleet');
      const rows = await ask(rawSql, rangeMs, customers);
      expect(rows.length).toBeGreaterThan(0);
      expectShape(rows, format);
    }
  });

  it('answers where no customer is there to be chosen', async () => {
    for (const { rawSql } of panel.targets) await expect(ask(rawSql, dayMs, [])).resolves.toEqual([]);
  });

  it('shows the customers that are chosen', async () => {
    const [first = 0] = customers;
    const rows = await ask(panel.targets[0]?.rawSql ?? '', 5 * dayMs, [first]);
    const names = new Set(rows.map((row) => row['metric'] ?? row['Customer']));
    expect([...names]).toEqual(['ABC0001']);
  });
});

describe('the role of Grafana in Admin’s database', () => {
  it('lists customers', async () => {
    const [variable] = fleetDashboard.templating.list;
    const rows = await asReader(fleet.running.dataSource, (reader) => reader.query(String(variable?.query)));
    expect(rows).toEqual([
      { __text: 'ABC0001 Acme', __value: customers[0] },
      { __text: 'ABC0002 Bolt', __value: customers[1] },
    ]);
  });

  it.each([
    'SELECT * FROM fleet.account',
    'SELECT * FROM fleet.customer_token',
    'SELECT * FROM fleet.measurement',
    'SELECT * FROM fleet.pushes_5min',
    'UPDATE fleet.customer SET name = code',
  ])('is refused: %s', async (statement) => {
    const said = asReader(fleet.running.dataSource, (reader) => reader.query(statement));
    await expect(said).rejects.toThrow('permission denied');
  });
});
