import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { QuarantinedEntry } from '#libs/contracts';
import type { BatchRow } from './batch-body.js';

/** One of the first rows of a quarantined entry, as it was refused. */
export type QuarantinedRow = Omit<QuarantinedEntry['sample'][number], 'channel'>;

export interface NewQuarantined {
  code: string;
  message: string;
  rows: number;
  sample: QuarantinedRow[];
  payload: Buffer;
}

export async function insertQuarantined(manager: EntityManager, entry: NewQuarantined): Promise<void> {
  await manager.query(
    `INSERT INTO monitoring.outbox_quarantine (id, code, message, rows, sample, payload)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [uuid(), entry.code, entry.message, entry.rows, JSON.stringify(entry.sample), entry.payload],
  );
}

const isoTime = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Newest first, with the names that their channels have now. */
export async function selectQuarantine(dataSource: DataSource, limit: number): Promise<QuarantinedEntry[]> {
  return dataSource.query(
    `SELECT entry.id, ${isoTime('quarantined_at')} AS "quarantinedAt", code, message, rows,
       coalesce((
         SELECT jsonb_agg(jsonb_build_object('channelId', row->>'channelId', 'time', row->'time', 'value', row->'value',
           'code', row->'code', 'message', row->'message', 'channel',
           site.name || ' / ' || device.serial || ' / ' || channel.label || ' (' || channel.unit || ')')
           ORDER BY place)
         FROM jsonb_array_elements(sample) WITH ORDINALITY AS listed (row, place)
           LEFT JOIN monitoring.channel ON channel.uid = (row->>'channelId')::uuid
           LEFT JOIN monitoring.device ON device.id = channel.device_id
           LEFT JOIN monitoring.site ON site.id = device.site_id), '[]') AS sample
     FROM monitoring.outbox_quarantine AS entry ORDER BY quarantined_at DESC, entry.id DESC LIMIT $1`,
    [limit],
  );
}

/** Takes an entry out of quarantine. */
export async function takeQuarantined(manager: EntityManager, id: string): Promise<Buffer | undefined> {
  const [rows]: [{ payload: Buffer }[], number] = await manager.query(
    `DELETE FROM monitoring.outbox_quarantine WHERE id = $1 RETURNING payload`,
    [id],
  );
  return rows[0]?.payload;
}

/** The oldest entry that was set aside before the comparison began because Admin did not know its channels. */
export async function selectUnknownChannelEntry(manager: EntityManager): Promise<string | undefined> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM monitoring.outbox_quarantine WHERE code = 'UNKNOWN_CHANNEL'
       AND quarantined_at <= (SELECT started_at FROM monitoring.fleet_reconcile)
     ORDER BY quarantined_at, id LIMIT 1`,
  );
  return rows[0]?.id;
}

/** What is stored now at the channels and times of `rows`; what is gone is left out. */
export function selectCurrentRows(manager: EntityManager, rows: readonly BatchRow[]): Promise<BatchRow[]> {
  return manager.query(
    `SELECT channel.uid AS "channelId", wanted.time, measurement.value
     FROM unnest($1::uuid[], $2::float8[]) AS wanted (uid, time)
       JOIN monitoring.channel ON channel.uid = wanted.uid
       JOIN monitoring.measurement ON measurement.channel_id = channel.id
         AND measurement.time = to_timestamp(wanted.time / 1000.0)
     ORDER BY channel.id, wanted.time`,
    [rows.map(({ channelId }) => channelId), rows.map(({ time }) => time)],
  );
}
