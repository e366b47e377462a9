import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { maxBatchRows } from '#libs/contracts';
import {
  copyBytes,
  encodeArrays,
  encodeCopy,
  liftDecompressionLimit,
  queryPrepared,
  transactionClient,
  type PreparedStatement,
} from '#libs/database';
import type { CheckedRows } from './check-columns.js';

/** How many rows were new, and how many were there with another value. */
export interface WrittenRows {
  inserted: number;
  changed: number;
}

/** As many as there were COPYs at the same time: to reuse the memory is cheaper than to collect it. */
const spareBuffers: Buffer[] = [];

/**
 * The fast way in: none of the rows may be there already.
 * @throws Error with SQLSTATE 23505 when one is, or 53400 when it may be in a chunk whose decompression is limited
 */
export async function copyMeasurements(
  manager: EntityManager,
  customerId: number,
  rows: CheckedRows,
): Promise<WrittenRows> {
  const memory = spareBuffers.pop() ?? Buffer.allocUnsafe(copyBytes(maxBatchRows, 1));
  const encoded = encodeCopy([customerId], rows, memory);
  const client = await transactionClient(manager);
  const copy = copyFrom(
    'COPY fleet.measurement (customer_id, channel_id, time, value) FROM STDIN (FORMAT binary)',
  );
  await new Promise((resolve, reject) => {
    client.query(copy).once('error', reject).once('finish', resolve).end(encoded);
  });
  // Not after an error: the connection might still be about to send it.
  spareBuffers.push(memory);
  return { inserted: rows.length, changed: 0 };
}

const upsertStatement: PreparedStatement = {
  name: 'ingest-upsert',
  text: `WITH written AS (
       INSERT INTO fleet.measurement (customer_id, channel_id, time, value)
       SELECT $1, channel_id, time, value
       FROM unnest($2::int4[], $3::timestamptz[], $4::float8[]) AS batch (channel_id, time, value)
       ON CONFLICT (customer_id, channel_id, time) DO UPDATE SET value = excluded.value
         WHERE measurement.value IS DISTINCT FROM excluded.value
       RETURNING (xmax = 0) AS inserted)
     SELECT count(*) FILTER (WHERE inserted)::int AS inserted, count(*) FILTER (WHERE NOT inserted)::int AS changed
     FROM written`,
};

/** The way for rows of which some are there already, at about twice the price. */
export async function upsertMeasurements(
  manager: EntityManager,
  customerId: number,
  rows: CheckedRows,
): Promise<WrittenRows> {
  const { channelId, time, value } = encodeArrays(rows);
  await liftDecompressionLimit(manager);
  const [counts]: WrittenRows[] = await queryPrepared(manager, upsertStatement, [
    customerId,
    channelId,
    time,
    value,
  ]);
  return counts ?? { inserted: 0, changed: 0 };
}

/**
 * Removes all that the customer's channels have measured, compressed or not.
 * @returns how many rows went
 */
export async function deleteMeasurements(
  manager: EntityManager,
  customerId: number,
  channelIds: readonly number[],
): Promise<number> {
  if (channelIds.length === 0) return 0;
  await liftDecompressionLimit(manager);
  const [counted]: { count: number }[] = await manager.query(
    `SELECT count(*)::float8 AS count FROM fleet.measurement WHERE customer_id = $1 AND channel_id = ANY($2::int[])`,
    [customerId, channelIds],
  );
  // Not what DELETE reports: segments that go as a whole, still compressed, are not counted by row.
  await manager.query(
    `DELETE FROM fleet.measurement WHERE customer_id = $1 AND channel_id = ANY($2::int[])`,
    [customerId, channelIds],
  );
  return counted?.count ?? 0;
}
