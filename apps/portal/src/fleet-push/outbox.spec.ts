import { gunzipSync } from 'node:zlib';
import type { EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { maxBatchRows, pushBatch } from '#libs/contracts';
import type { CatalogueEntry } from '../sites/catalogue.js';
import { OutboxWriter } from './outbox.js';

const id = (digit: number) => `018f0000-0000-7000-8000-00000000000${digit}`;
const catalogue: CatalogueEntry = {
  site: { id: id(1), slug: 'north', name: 'North', timeZone: 'Europe/Paris' },
  devices: [{ id: id(2), siteId: id(1), serial: '02001084', masterId: null }],
  channels: [7, 8].map((digit) => ({
    id: digit * 100,
    pushed: { id: id(digit), deviceId: id(2), label: `U${digit}`, name: '', unit: 'V', quantity: 'voltage' },
  })),
  changed: false,
};

interface Entry {
  key: string;
  rows: number;
  payload: Buffer;
}

function outboxOf({ changed = false, batchRows = 3 } = {}) {
  const entries: Entry[] = [];
  const query = async (sql: string, values: [string, number, Buffer] = ['', 0, Buffer.alloc(0)]) => {
    if (!sql.startsWith('INSERT')) return [{ streamId: id(9) }];
    const [key, rows, payload] = values;
    entries.push({ key, rows, payload });
    return [];
  };
  const manager = { query } as unknown as EntityManager;
  return { entries, writer: new OutboxWriter(manager, { ...catalogue, changed }, batchRows) };
}

const batches = (entries: Entry[]) =>
  entries.map(({ payload }) => pushBatch.parse(JSON.parse(gunzipSync(payload).toString())));

function columns(count: number) {
  return {
    channel: Array.from({ length: count }, (_, row) => row % 2),
    time: Array.from({ length: count }, (_, row) => 1_000 * row),
    value: Array.from({ length: count }, (_, row) => row / 2),
  };
}

describe('OutboxWriter', () => {
  it('cuts rows into entries in their order, each complete in itself and with a key of its own', async () => {
    const { entries, writer } = outboxOf();
    await writer.write(columns(7));
    expect(entries.map(({ rows }) => rows)).toEqual([3, 3, 1]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(3);
    expect(batches(entries).flatMap(({ measurements }) => measurements.time)).toEqual(columns(7).time);
    expect(batches(entries).flatMap(({ measurements }) => measurements.value)).toEqual(columns(7).value);
    for (const batch of batches(entries)) {
      expect(batch).toMatchObject({
        version: 1,
        streamId: id(9),
        sites: [catalogue.site],
        devices: catalogue.devices,
        channels: catalogue.channels.map(({ pushed }) => pushed),
      });
      expect(batch.measurements.channels).toEqual([id(7), id(8)]);
    }
  });

  it('writes entries that Admin takes at the largest size', async () => {
    const { entries, writer } = outboxOf({ batchRows: maxBatchRows });
    await writer.write(columns(maxBatchRows));
    expect(batches(entries)).toHaveLength(1);
  });

  it('announces a changed catalogue once, and only when no row does', async () => {
    const silent = outboxOf({ changed: true });
    await silent.writer.finish();
    await silent.writer.finish();
    expect(silent.entries.map(({ rows }) => rows)).toEqual([0]);
    const withRows = outboxOf({ changed: true });
    await withRows.writer.write(columns(1));
    await withRows.writer.finish();
    expect(withRows.entries.map(({ rows }) => rows)).toEqual([1]);
    const unchanged = outboxOf();
    await unchanged.writer.finish();
    expect(unchanged.entries).toEqual([]);
  });
});
