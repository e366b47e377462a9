import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PushBatch } from '#libs/contracts';

const compress = promisify(gzip);
const inflate = promisify(gunzip);

export type BatchRows = PushBatch['measurements'];

/** A row of a batch on its own. */
export interface BatchRow {
  channelId: string;
  /** Epoch milliseconds. */
  time: number;
  value: number;
}

export function emptyBatch(streamId: string): PushBatch {
  return {
    version: 1,
    streamId,
    sites: [],
    devices: [],
    channels: [],
    deleted: { sites: [], devices: [], channels: [] },
    measurements: { channels: [], channelIndex: [], time: [], value: [] },
  };
}

/** The rows at `indexes`, with only those channels that they name. */
export function pickRows(rows: BatchRows, indexes: readonly number[]): BatchRows {
  const picked: BatchRows = { channels: [], channelIndex: [], time: [], value: [] };
  const newIndex = new Map<number, number>();
  for (const row of indexes) {
    const channel = rows.channelIndex[row] as number;
    let index = newIndex.get(channel);
    if (index === undefined) {
      index = picked.channels.push(rows.channels[channel] as string) - 1;
      newIndex.set(channel, index);
    }
    picked.channelIndex.push(index);
    picked.time.push(rows.time[row] as number);
    picked.value.push(rows.value[row] as number);
  }
  return picked;
}

export function rowAt(rows: BatchRows, row: number): BatchRow {
  return {
    channelId: rows.channels[rows.channelIndex[row] as number] as string,
    time: rows.time[row] as number,
    value: rows.value[row] as number,
  };
}

/** Rows as columns, in their order. */
export function columnsOf(rows: readonly BatchRow[]): BatchRows {
  const columns: BatchRows = { channels: [], channelIndex: [], time: [], value: [] };
  const indexById = new Map<string, number>();
  for (const { channelId, time, value } of rows) {
    let index = indexById.get(channelId);
    if (index === undefined) {
      index = columns.channels.push(channelId) - 1;
      indexById.set(channelId, index);
    }
    columns.channelIndex.push(index);
    columns.time.push(time);
    columns.value.push(value);
  }
  return columns;
}

/** Sites, devices and channels that the batch creates, changes or deletes. */
export function countItems({ sites, devices, channels, deleted }: PushBatch): number {
  const removed = deleted.sites.length + deleted.devices.length + deleted.channels.length;
  return sites.length + devices.length + channels.length + removed;
}

export function encodeBatch(batch: PushBatch): Promise<Buffer> {
  return compress(JSON.stringify(batch));
}

export async function decodeBatch(payload: Buffer): Promise<PushBatch> {
  return JSON.parse((await inflate(payload)).toString()) as PushBatch;
}
