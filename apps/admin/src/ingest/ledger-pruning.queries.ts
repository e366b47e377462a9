import type { DataSource } from 'typeorm';
import { timescaleLicence } from '#libs/database';

/** A portal that sends a batch again after this many days sends it for the first time; its rows are duplicates then. */
const ledgerDays = 90;

/** @returns how many batches were forgotten */
export async function pruneLedger(dataSource: DataSource): Promise<number> {
  const [, deleted]: [unknown, number] = await dataSource.query(
    `DELETE FROM fleet.ingest_batch WHERE received_at < now() - make_interval(days => $1)`,
    [ledgerDays],
  );
  return deleted;
}

/** Where no retention policy can do it. */
export async function pruneEvents(dataSource: DataSource, days: number): Promise<void> {
  if ((await timescaleLicence(dataSource)) !== 'apache') return;
  await dataSource.query(`SELECT drop_chunks('fleet.ingest_event', make_interval(days => $1))`, [days]);
}
