import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareTables } from './fleet/compare.js';
import { FaultDriver } from './fleet/fault-driver.js';
import { FleetUnderTest } from './fleet/fleet-under-test.js';
import { Random } from './fleet/random.js';
import { startWriters } from './fleet/writers.js';

const { TEST_DATABASE_URL: serverUrl, FAULTS = '40', FAULT_ROWS = '100000', FAULT_SEED } = process.env;
const faults = Number(FAULTS);
const rows = Number(FAULT_ROWS);
const seed = Number(FAULT_SEED ?? Date.now() % 1_000_000);

describe.skipIf(serverUrl === undefined)('a fleet in trouble (needs TEST_DATABASE_URL)', () => {
  let fleet: FleetUnderTest;

  beforeAll(async () => {
    fleet = await FleetUnderTest.start(serverUrl ?? '');
  });
  afterAll(() => fleet.stop());

  it(`loses, doubles and alters none of ${rows} rows in ${faults} faults`, async () => {
    // Not in the name, by which CI knows what was skipped everywhere.
    console.log(`FAULT_SEED=${seed}`);
    const random = new Random(seed);
    const driver = new FaultDriver(fleet, random);
    // Rows come as fast as faults do, so that both end together.
    const writers = startWriters(fleet.portalDatabase, random, () => (driver.total / faults) * rows);
    while (driver.total < faults) {
      await driver.strike();
      await delay(random.integer(0, 400));
    }
    const written = await writers.finish(rows);
    console.log(`seed ${seed}:`, { written, faults: Object.fromEntries(driver.counts) });
    await fleet.calm();
    await vi.waitFor(() => expectSettled(), { timeout: 300_000, interval: 500 });

    expect(await compareTables(fleet.portalDatabase, fleet.adminDatabase)).toEqual({
      equal: written.stored,
      lost: 0,
      doubled: 0,
      altered: 0,
    });
    expect(written.stored).toBeGreaterThanOrEqual(rows);
    expect(await countedByAdmin()).toBe(written.stored);
    // None of it was a restore: a comparison of all rows would have hidden what the push itself lost.
    expect((await fleet.pushStatus()).reconcile?.reason ?? 'enabled').toBe('enabled');
  });

  async function expectSettled(): Promise<void> {
    const { unsentBatches, quarantinedBatches, lastError } = await fleet.pushStatus();
    expect({ unsentBatches, quarantinedBatches }, JSON.stringify(lastError)).toEqual({
      unsentBatches: 0,
      quarantinedBatches: 0,
    });
  }

  /** What Admin's counter says, which every batch has to move exactly once. */
  async function countedByAdmin(): Promise<number> {
    const [customer]: { count: number }[] = await fleet.adminDatabase.query(
      'SELECT measurement_count::float8 AS count FROM fleet.customer',
    );
    return customer?.count ?? 0;
  }
});
