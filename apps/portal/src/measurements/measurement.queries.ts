import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import {
  copyBytes,
  encodeArrays,
  encodeCopy,
  queryPrepared,
  sqlState,
  transactionClient,
  type PreparedStatement,
  type RowColumns,
} from '#libs/database';

/** SQLSTATE: a row is there already, or would have to be decompressed to know. */
const needsUpsert = new Set(['23505', '53400']);

/**
 * The fast way in: none of the rows may be there already.
 * @returns false when one is, or may be in a compressed chunk; nothing was written then
 */
export async function copyMeasurements(manager: EntityManager, rows: RowColumns): Promise<boolean> {
  const client = await transactionClient(manager);
  const memory = spareBuffer(copyBytes(rows.length, 0));
  const encoded = encodeCopy([], rows, memory);
  await client.query('SAVEPOINT copied');
  try {
    const copy = copyFrom('COPY monitoring.measurement (channel_id, time, value) FROM STDIN (FORMAT binary)');
    await new Promise((resolve, reject) => {
      client.query(copy).once('error', reject).once('finish', resolve).end(encoded);
    });
  } catch (error) {
    if (!needsUpsert.has(sqlState(error))) throw error;
    await client.query('ROLLBACK TO SAVEPOINT copied');
    return false;
  }
  await client.query('RELEASE SAVEPOINT copied');
  // Not after an error: the connection might still be about to send it.
  spare = memory;
  return true;
}

/** Memory of the last COPY: to reuse it is cheaper than to collect it. */
let spare: Buffer | undefined;

function spareBuffer(bytes: number): Buffer {
  const found = spare;
  spare = undefined;
  return found !== undefined && found.length >= bytes ? found : Buffer.allocUnsafe(bytes);
}

/** A row that was new or had another value. */
export interface ChangedRow {
  channelId: number;
  /** Epoch milliseconds. */
  time: number;
  value: number;
  inserted: boolean;
}

/** Rows that are there to the bit are left out before they are written: a compressed one would be decompressed for nothing. */
const upsertStatement: PreparedStatement = {
  name: 'measurement-upsert',
  text: `INSERT INTO monitoring.measurement (channel_id, time, value)
     SELECT channel_id, time, value
     FROM unnest($1::int4[], $2::timestamptz[], $3::float8[]) AS block (channel_id, time, value)
     WHERE NOT EXISTS (SELECT FROM monitoring.measurement AS stored
       WHERE stored.channel_id = block.channel_id AND stored.time = block.time AND stored.value = block.value
         AND stored.channel_id BETWEEN $4 AND $5 AND stored.time BETWEEN to_timestamp($6) AND to_timestamp($7))
     ON CONFLICT (channel_id, time) DO UPDATE SET value = excluded.value
       WHERE measurement.value IS DISTINCT FROM excluded.value
     RETURNING channel_id AS "channelId", (extract(epoch FROM time) * 1000)::float8 AS time, value, xmax = 0 AS inserted`,
};

/**
 * The way for rows of which some are there already, at about twice the price.
 * @param rows in the order of the primary key, at least one
 */
export function upsertMeasurements(manager: EntityManager, rows: RowColumns): Promise<ChangedRow[]> {
  const { channelId, time, value } = encodeArrays(rows);
  const { first, last } = period(rows);
  const channels = [rows.channelId[0], rows.channelId[rows.length - 1]];
  return queryPrepared(manager, upsertStatement, [
    channelId,
    time,
    value,
    ...channels,
    first / 1_000,
    last / 1_000,
  ]);
}

/** Epoch milliseconds. */
function period({ time, length }: RowColumns): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    first = Math.min(first, time[row] as number);
    last = Math.max(last, time[row] as number);
  }
  return { first, last };
}
