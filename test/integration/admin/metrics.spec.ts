import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago, FleetClient } from './fleet-client.js';

let fleet: FleetClient;

beforeAll(async () => {
  fleet = await FleetClient.start();
  const { id } = await fleet.register('LAGGING');
  await fleet.register('SILENT');
  await fleet.query(
    `UPDATE fleet.customer SET last_contact_at = now(), last_accepted_at = now(), newest_data_at = $2 WHERE id = $1`,
    [id, ago(7_200)],
  );
});
afterAll(() => fleet.running.close());

/** Values by `name{labels}`, without the label that all have. */
async function scrape(): Promise<Map<string, number>> {
  const { status, body } = await fleet.admin.get<string>('/metrics');
  expect(status).toBe(200);
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space).replace(/,?app="admin"/, ''), Number(line.slice(space + 1))] as const;
    }),
  );
}

describe('GET /metrics of Admin', () => {
  it('tells lag and health of the customers', async () => {
    const metrics = await scrape();
    expect(metrics.get('wattfleet_customer_lag_seconds{customer="LAGGING"}')).toBeCloseTo(7_200, -2);
    expect(metrics.has('wattfleet_customer_lag_seconds{customer="SILENT"}')).toBe(false);
    expect(metrics.get('wattfleet_customers{health="healthy"}')).toBe(1);
    expect(metrics.get('wattfleet_customers{health="never-connected"}')).toBe(1);
    expect(metrics.get('wattfleet_customers{health="offline"}')).toBe(0);
  });

  it('forgets a customer that is deleted', async () => {
    await fleet.admin.send('DELETE', '/api/customers/LAGGING?confirm=LAGGING');
    const names = [...(await scrape()).keys()];
    expect(names.filter((name) => name.includes('LAGGING'))).toEqual([]);
  });

  it('tells of the pool and the event loop', async () => {
    const metrics = await scrape();
    expect(metrics.get('wattfleet_database_pool_connections{}')).toBeGreaterThan(0);
    expect(metrics.get('wattfleet_database_pool_idle{}')).toBeGreaterThanOrEqual(0);
    expect(metrics.get('wattfleet_database_pool_waiting{}')).toBe(0);
    expect(metrics.get('nodejs_eventloop_lag_p99_seconds{}')).toBeGreaterThan(0);
  });

  it('answers while the database is away', async () => {
    const { dataSource } = fleet.running;
    await fleet.query('ALTER TABLE fleet.customer RENAME TO customer_away');
    const metrics = await scrape();
    await dataSource.query('ALTER TABLE fleet.customer_away RENAME TO customer');
    expect(metrics.get('nodejs_eventloop_lag_p99_seconds{}')).toBeGreaterThan(0);
    expect([...metrics.keys()].filter((name) => name.startsWith('wattfleet_customer'))).toEqual([]);
  });
});
