import pMap from 'p-map';
import type { EntityManager } from 'typeorm';
import { maxBatchRows, type PushBatch } from '#libs/contracts';
import type { MeasurementColumns } from '../measurements/measurement-writer.js';
import { countItems, emptyBatch, encodeBatch, pickRows, type BatchRows } from './batch-body.js';
import { shareData } from './data-lock.js';
import type { EntryKind } from './outbox-entry.js';
import { insertEntry, selectPushSettings, type QueueEnd } from './outbox.queries.js';

/** As many threads as Node compresses with. */
const compressedAtOnce = 4;

/** Sites, devices and channels that Admin has to hear of. */
export type Announcement = Pick<PushBatch, 'sites' | 'devices' | 'channels'>;

/**
 * Writes what Admin has to hear of into the outbox, in the transaction that changes the data and after the change: the
 * rows are locked by then, so that two changes of one row get their places in the order in which they were made.
 */
export class OutboxWriter {
  private constructor(
    private readonly manager: EntityManager,
    private readonly streamId: string,
    /** Most measurements in one entry. */
    private readonly batchRows: number,
  ) {}

  /**
   * Call it first of all in a transaction that changes measurements or the catalogue, whether or not there is a push.
   * @returns undefined where nothing is pushed
   */
  static async open(manager: EntityManager): Promise<OutboxWriter | undefined> {
    await shareData(manager);
    return OutboxWriter.openLocked(manager);
  }

  /** The same in a transaction that has the data for itself. */
  static async openLocked(manager: EntityManager): Promise<OutboxWriter | undefined> {
    const { enabled, streamId, batchRows } = await selectPushSettings(manager);
    return enabled ? new OutboxWriter(manager, streamId, batchRows) : undefined;
  }

  /**
   * Queues created or changed sites, devices and channels. Call it before their rows are written.
   * @param end `head` puts them ahead of everything that waits
   */
  async announce({ sites, devices, channels }: Announcement, end: QueueEnd = 'tail'): Promise<void> {
    const batches = [
      ...cut(sites, maxBatchRows).map((part) => ({ ...emptyBatch(this.streamId), sites: part })),
      ...cut(devices, maxBatchRows).map((part) => ({ ...emptyBatch(this.streamId), devices: part })),
      ...cut(channels, maxBatchRows).map((part) => ({ ...emptyBatch(this.streamId), channels: part })),
    ];
    const small = sites.length + devices.length + channels.length <= maxBatchRows;
    const whole = { ...emptyBatch(this.streamId), sites, devices, channels };
    await this.insert('catalogue', small && batches.length > 0 ? [whole] : batches, end);
  }

  /** Queues the removal of sites, devices and channels with everything below them. */
  async remove(deleted: Partial<PushBatch['deleted']>, end: QueueEnd = 'tail'): Promise<void> {
    const { sites = [], devices = [], channels = [] } = deleted;
    const none = emptyBatch(this.streamId).deleted;
    const parts = [
      ...cut(channels, maxBatchRows).map((part) => ({ ...none, channels: part })),
      ...cut(devices, maxBatchRows).map((part) => ({ ...none, devices: part })),
      ...cut(sites, maxBatchRows).map((part) => ({ ...none, sites: part })),
    ];
    const batches = parts.map((part) => ({ ...emptyBatch(this.streamId), deleted: part }));
    await this.insert('deletion', batches, end);
  }

  /**
   * Queues measurements that were written.
   * @param channelIds uids by the index that rows use
   */
  async write(channelIds: readonly string[], rows: MeasurementColumns): Promise<void> {
    const columns = {
      channels: [...channelIds],
      channelIndex: rows.channel,
      time: rows.time,
      value: rows.value,
    };
    await this.writeRows(columns);
  }

  /** The same for rows in the columns of a batch. */
  async writeRows(columns: BatchRows): Promise<void> {
    const order = columns.time.map((_, row) => row);
    const batches = cut(order, this.batchRows).map((part) => ({
      ...emptyBatch(this.streamId),
      measurements: pickRows(columns, part),
    }));
    await this.insert('measurements', batches, 'tail');
  }

  /** At the head the last one goes in first, so that they stand in their order there, too. */
  private async insert(kind: EntryKind, batches: PushBatch[], end: QueueEnd): Promise<void> {
    const ordered = end === 'head' ? batches.toReversed() : batches;
    // Compressed side by side: a file's block of rows is many batches.
    const payloads = await pMap(ordered, encodeBatch, { concurrency: compressedAtOnce });
    for (const [index, batch] of ordered.entries()) {
      const rows = batch.measurements.time.length;
      const payload = payloads[index] as Buffer;
      await insertEntry(this.manager, { kind, rows, items: countItems(batch), payload }, end);
    }
  }
}

function cut<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}
