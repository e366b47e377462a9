import type { EntityManager } from 'typeorm';
import type { PushResult } from '#libs/contracts';
import {
  columnsOf,
  decodeBatch,
  emptyBatch,
  encodeBatch,
  pickRows,
  rowAt,
  type BatchRow,
} from './batch-body.js';
import { selectBranches, selectDeleted, selectKnownChannels } from './catalogue.queries.js';
import type { OutboxEntry } from './outbox-entry.js';
import type { OutboxWriter } from './outbox-writer.js';
import type { Refusal } from './outcome.js';
import {
  insertQuarantined,
  selectCurrentRows,
  takeQuarantined,
  type QuarantinedRow,
} from './quarantine.queries.js';

/** Rows of an entry that are shown. */
const sampleRows = 20;

type RowError = PushResult['errors'][number];

/** Sets a whole entry aside. */
export async function quarantineBatch(
  manager: EntityManager,
  entry: OutboxEntry,
  { code, message }: Refusal,
): Promise<void> {
  const { measurements } = await decodeBatch(entry.payload);
  const shown = measurements.time.slice(0, sampleRows).map((_, row) => rowAt(measurements, row));
  const sample = shown.map((row) => describeRow(row, { code, message }));
  await insertQuarantined(manager, { code, message, rows: entry.rows, sample, payload: entry.payload });
}

/**
 * Sets the rows of an entry aside that Admin refused one by one: an entry for each code. Rows of a channel that Admin
 * does not know and that was deleted here, too, are of no use to anybody.
 * @returns whether Admin does not know a channel that there is, and what to show as the last error
 */
export async function quarantineRows(
  manager: EntityManager,
  entry: OutboxEntry,
  errors: readonly RowError[],
): Promise<{ knownChannelRefused: boolean; reason: Refusal | undefined }> {
  const { measurements, streamId } = await decodeBatch(entry.payload);
  const known = await selectKnownChannels(manager, measurements.channels);
  const kept = errors.filter(
    ({ code, row }) => code !== 'UNKNOWN_CHANNEL' || known.has(rowAt(measurements, row).channelId),
  );
  for (const [code, group] of Map.groupBy(kept, (error) => error.code)) {
    const rows = pickRows(
      measurements,
      group.map(({ row }) => row),
    );
    const shown = group.slice(0, sampleRows);
    const sample = shown.map((error) => describeRow(rowAt(measurements, error.row), error));
    const payload = await encodeBatch({ ...emptyBatch(streamId), measurements: rows });
    const message = group[0]?.message ?? '';
    await insertQuarantined(manager, { code, message, rows: group.length, sample, payload });
  }
  return {
    knownChannelRefused: kept.some(({ code }) => code === 'UNKNOWN_CHANNEL'),
    reason: describe(kept),
  };
}

/**
 * Puts a quarantined entry at the end of the queue, rebuilt from what is stored now, so that it brings no old value
 * back. What is gone meanwhile vanishes. The transaction must have the data for itself.
 * @returns false when there is no such entry
 */
export async function releaseQuarantined(
  manager: EntityManager,
  outbox: OutboxWriter,
  id: string,
): Promise<boolean> {
  const payload = await takeQuarantined(manager, id);
  if (payload === undefined) return false;
  const { sites, devices, channels, deleted, measurements } = await decodeBatch(payload);
  const removed = [...deleted.sites, ...deleted.devices, ...deleted.channels];
  await outbox.remove(await selectDeleted(manager, removed));
  const branches = {
    sites: sites.map(idOf),
    devices: devices.map(idOf),
    channels: [...channels.map(idOf), ...measurements.channels],
  };
  await outbox.announce(await selectBranches(manager, branches));
  const wanted = measurements.time.map((_, row) => rowAt(measurements, row));
  await outbox.writeRows(columnsOf(await selectCurrentRows(manager, wanted)));
  return true;
}

const idOf = (entity: { id: string }) => entity.id;

function describeRow(
  { channelId, time, value }: BatchRow,
  { code, message }: Pick<RowError, 'message'> & { code: string },
): QuarantinedRow {
  const at = new Date(time);
  const isInstant = !Number.isNaN(at.getTime()) && at.getUTCFullYear() >= 0 && at.getUTCFullYear() < 10_000;
  return { channelId, time: isInstant ? at.toISOString() : null, value, code, message };
}

function describe(errors: readonly RowError[]): Refusal | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  const rows = errors.length === 1 ? 'one row' : `${errors.length} rows`;
  return {
    code: first.code,
    message: `Admin refused ${rows}: ${first.message}`,
    remedy: 'Look at the quarantine: release the rows when the cause is mended, or discard them.',
  };
}
