import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnergyService } from '../../../apps/admin/src/fleet/energy.service.js';
import { fleetOverview, type FleetOverview } from '#libs/contracts';
import { timescaleLicence } from '#libs/database';
import { ago, FleetClient } from './fleet-client.js';

let fleet: FleetClient;

beforeAll(async () => {
  fleet = await FleetClient.start();
});
afterAll(() => fleet.running.close());

const dayMs = 86_400_000;
/** The UTC day so many days before today. */
const day = (before: number) => new Date(Date.now() - before * dayMs).toISOString().slice(0, 10);
const span = (first: number, end: number) => ({ from: `${day(first)}T00:00Z`, to: `${day(end)}T00:00Z` });

async function overview(): Promise<FleetOverview> {
  const { status, body } = await fleet.admin.get<FleetOverview>('/api/fleet/overview');
  expect(status).toBe(200);
  return fleetOverview.strict().parse(body);
}

/** Does the sweep that is due, on rollups that have taken in what was written. */
async function computeDue(): Promise<number> {
  if ((await timescaleLicence(fleet.running.dataSource)) !== 'apache') {
    for (const rollup of ['hourly_per_channel', 'daily_per_channel']) {
      await fleet.query(`CALL refresh_continuous_aggregate('fleet.${rollup}', NULL, NULL)`);
    }
  }
  return fleet.running.app.get(EnergyService).runDue();
}

/** As on the first time: all sweeps are due. */
async function computeAll(): Promise<number> {
  await fleet.query('DELETE FROM fleet.energy_sweep');
  return computeDue();
}

async function energyOf(customerId: number): Promise<Record<string, number>> {
  const rows = await fleet.query<{ day: string; energy: number }>(
    `SELECT day::text, energy_kwh AS energy FROM fleet.daily_energy WHERE customer_id = $1 ORDER BY day`,
    [customerId],
  );
  return Object.fromEntries(rows.map((row) => [row.day, Math.round(row.energy * 1e6) / 1e6]));
}

describe('energy of a customer and day', () => {
  it('of power is the sum of its hourly means, in kWh, of all circuits, also when it flows back', async () => {
    const { id } = await fleet.register('POWER');
    const [voltage = 0, one = 0, two = 0, back = 0] = await fleet.addChannels(id, [
      { label: 'U1', unit: 'V' },
      { label: 'Ch1', unit: 'W', name: 'Voie1' },
      { label: 'Ch2', unit: 'kW', name: 'Voie2' },
      { label: 'Ch3', unit: 'W', name: 'Voie3' },
    ]);
    await fleet.addMeasurements(id, voltage, { ...span(3, 1), value: '230' });
    await fleet.addMeasurements(id, one, { ...span(3, 1), step: '10 minutes', value: '1000' });
    await fleet.addMeasurements(id, two, { ...span(3, 1), value: '0.5' });
    await fleet.addMeasurements(id, back, { ...span(3, 2), value: '-200' });
    await computeAll();
    expect(await energyOf(id)).toEqual({ [day(3)]: 24 + 12 - 4.8, [day(2)]: 36 });
  });

  it('counts a total instead of its phases, and power instead of registers', async () => {
    const { id } = await fleet.register('TOTAL');
    const [a = 0, total = 0, register = 0] = await fleet.addChannels(id, [
      { label: 'Ch1', unit: 'W', name: 'Ph 1' },
      { label: 'Ch2', unit: 'W', name: 'Total' },
      { label: 'Ch3', unit: 'kWh', name: 'Energy' },
    ]);
    for (const channel of [a, total])
      await fleet.addMeasurements(id, channel, { ...span(3, 2), value: '1000' });
    await fleet.addMeasurements(id, register, { ...span(3, 2), value: 'extract(epoch FROM time)' });
    const [other = 0] = await fleet.addChannels(
      id,
      [{ label: 'Ch1', unit: 'W', name: 'totally other' }],
      'second',
    );
    await fleet.addMeasurements(id, other, { ...span(3, 2), value: '2000' });
    await computeAll();
    expect(await energyOf(id)).toEqual({ [day(3)]: 24 + 48 });
  });

  it('of registers is the difference to the day before, and a decrease is a reset', async () => {
    const { id } = await fleet.register('REGISTER');
    const [register = 0] = await fleet.addChannels(id, [{ label: 'Ch1', unit: 'Wh' }]);
    const hour = `extract(epoch FROM time - '${day(6)}T00:00Z'::timestamptz) / 3600`;
    // 1 kWh an hour for two days; a day without data; two more from 0; on the last it starts anew at noon.
    await fleet.addMeasurements(id, register, { ...span(6, 4), value: `(${hour}) * 1000` });
    await fleet.addMeasurements(id, register, { ...span(3, 2), value: `(${hour} - 72) * 1000` });
    await fleet.addMeasurements(id, register, {
      ...span(2, 1),
      value: `CASE WHEN extract(hour FROM time AT TIME ZONE 'UTC') < 12 THEN ${hour} - 72 ELSE extract(hour FROM time AT TIME ZONE 'UTC') - 12 END * 1000`,
    });
    await computeAll();
    expect(await energyOf(id)).toEqual({
      [day(6)]: 23,
      [day(5)]: 24,
      [day(3)]: 23,
      // From 23 to 35, then from 0 to 11.
      [day(2)]: 12 + 11,
    });
  });

  it('follows late rows and corrections, and goes with its channels', async () => {
    const { id } = await fleet.register('LATE');
    const [channel = 0] = await fleet.addChannels(id, [{ label: 'Ch1', unit: 'W' }]);
    await fleet.addMeasurements(id, channel, { ...span(2, 1), value: '1000' });
    await computeAll();
    await fleet.addMeasurements(id, channel, { ...span(60, 59), value: '1000' });
    await fleet.query('UPDATE fleet.measurement SET value = 2000 WHERE channel_id = $1 AND time >= $2', [
      channel,
      `${day(2)}T00:00Z`,
    ]);
    // Nothing is due yet.
    expect(await computeDue()).toBe(0);
    await fleet.query(`UPDATE fleet.energy_sweep SET ran_at = ran_at - INTERVAL '6 minutes'`);
    expect(await computeDue()).toBeGreaterThan(0);
    expect(await energyOf(id)).toEqual({ [day(2)]: 48 });
    await fleet.query(`UPDATE fleet.energy_sweep SET ran_at = ran_at - INTERVAL '1 day'`);
    await computeDue();
    expect(await energyOf(id)).toEqual({ [day(60)]: 24, [day(2)]: 48 });
    await fleet.query('DELETE FROM fleet.measurement WHERE channel_id = $1', [channel]);
    await fleet.query('DELETE FROM fleet.channel WHERE id = $1', [channel]);
    await computeAll();
    expect(await energyOf(id)).toEqual({});
  });

  it('is computed only for customers that have pushed since', async () => {
    await computeAll();
    await fleet.query(`UPDATE fleet.customer SET last_accepted_at = now() - INTERVAL '1 day'`);
    await fleet.query(`UPDATE fleet.energy_sweep SET ran_at = ran_at - INTERVAL '6 minutes'`);
    expect(await computeDue()).toBe(0);
  });
});

describe('GET /api/fleet/overview', () => {
  it('answers for a fleet without customers', async () => {
    const empty = await FleetClient.start();
    const { body } = await empty.admin.get<FleetOverview>('/api/fleet/overview');
    await empty.running.close();
    expect(fleetOverview.strict().parse(body)).toMatchObject({
      customers: 0,
      rowsPerSecond: 0,
      ingest: { times: [] },
      energy: { computedAt: null, days: [], biggestChanges: [] },
    });
  });

  it('shows rates, health and energy of all customers', async () => {
    await fleet.query('DELETE FROM fleet.customer');
    await fleet.query('DELETE FROM fleet.measurement');
    for (const [code, last] of [
      ['STEADY', 1_000],
      ['DOUBLED', 2_000],
      ['GONE', 0],
    ] as const) {
      const { id } = await fleet.register(code);
      const [channel = 0] = await fleet.addChannels(id, [{ label: 'Ch1', unit: 'W' }]);
      await fleet.addMeasurements(id, channel, { ...span(8, 1), value: '1000' });
      await fleet.addMeasurements(id, channel, { ...span(1, 0), value: String(last) });
      await fleet.addEvent(id, { rows_received: 600, rows_accepted: 500, rows_rejected: 100 });
      await fleet.addEvent(id, { received_at: ago(20 * 3_600), rows_received: 300, rows_accepted: 300 });
      await fleet.addEvent(id, { received_at: ago(30 * 3_600), rows_received: 9_000, rows_accepted: 9_000 });
    }
    await computeAll();
    const { customers, byHealth, rowsPerSecond, ingest, energy } = await overview();
    expect(customers).toBe(3);
    expect(byHealth.healthy).toBe(3);
    expect(rowsPerSecond).toBeCloseTo(1_800 / 300, 6);
    expect(ingest.bucketSeconds).toBe(300);
    expect(ingest.rowsPerSecond.reduce((sum, rate) => sum + rate * 300, 0)).toBeCloseTo(2_700, 6);
    expect(ingest.rejectedPerSecond.reduce((sum, rate) => sum + rate * 300, 0)).toBeCloseTo(300, 6);
    expect(Date.now() - Date.parse(energy.computedAt ?? '')).toBeLessThan(60_000);
    expect(energy.days.map((one) => one.day)).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map(day));
    expect(energy.days.at(-1)).toMatchObject({ energyKwh: 72, coverage: 1, customers: 3 });
    expect(energy.biggestChanges).toEqual([
      { code: 'DOUBLED', name: 'DOUBLED', day: day(1), energyKwh: 48, usualKwh: 24, changePercent: 100 },
      { code: 'GONE', name: 'GONE', day: day(1), energyKwh: 0, usualKwh: 24, changePercent: -100 },
      { code: 'STEADY', name: 'STEADY', day: day(1), energyKwh: 24, usualKwh: 24, changePercent: 0 },
    ]);
  });

  it('tells how much of a day is missing, and does not compare a day with holes', async () => {
    await fleet.query(
      `DELETE FROM fleet.measurement WHERE time >= $1 AND extract(hour FROM time AT TIME ZONE 'UTC') >= 12`,
      [`${day(1)}T00:00Z`],
    );
    await computeAll();
    const { energy } = await overview();
    expect(energy.days.at(-1)?.coverage).toBeCloseTo(0.5, 6);
    expect(energy.biggestChanges.map((change) => change.day)).toEqual([day(2), day(2), day(2)]);
  });
});
