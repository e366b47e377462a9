import type { DataSource } from 'typeorm';
import { ensureRollup, timescaleLicence, type Rollup } from '#libs/database';

/** All customers' pushes in one row per bucket: a day of a thousand customers would be 288,000 otherwise. */
const pushesOfFleet: Rollup = {
  name: 'fleet.pushes_of_fleet_5min',
  select: `SELECT time_bucket(INTERVAL '5 minutes', bucket) AS bucket, sum(rows_received) AS rows_received,
             sum(rows_rejected) AS rows_rejected
           FROM fleet.pushes_5min GROUP BY 1`,
  refresh: { endOffset: '10 minutes', every: '5 minutes' },
};

/** Makes the rollup of the fleet page, idempotently, at every start; call it when `fleet.pushes_5min` is there. */
export async function prepareFleetPage(dataSource: DataSource): Promise<void> {
  await ensureRollup(dataSource, pushesOfFleet, await timescaleLicence(dataSource));
}
