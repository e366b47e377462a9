import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PushBatch } from '#libs/contracts';
import type { Tenant } from './ingest-tenants.js';

const compress = promisify(gzip);
const rowsPerBatch = 5_000;

/** One batch in the two forms in which it is sent. */
export interface BenchBatch {
  tenant: Tenant;
  key: string;
  rows: number;
  /** Gzipped JSON, as a portal makes it: in the order of time, as a meter records. */
  payload: Buffer;
  /** The same rows as `COPY` takes them, in the order of the primary key, in which Admin writes them. */
  text: Buffer;
  /** The last row in that order. */
  last: { channelId: number; time: number; value: number };
}

/**
 * Batches of 5,000 rows for all tenants in turn: a value a second of each channel, the newest of them just measured, so
 * that no refresh of a rollup falls into the measurement.
 */
export async function makeBatches(
  tenants: readonly Tenant[],
  count: number,
  now: number,
): Promise<BenchBatch[]> {
  const perTenant = Math.ceil(count / tenants.length);
  const batches: Promise<BenchBatch>[] = [];
  for (let index = 0; index < count; index++) {
    const tenant = tenants[index % tenants.length] as Tenant;
    const instants = rowsPerBatch / tenant.channels.length;
    const batchesAfter = perTenant - Math.floor(index / tenants.length);
    const start = Math.floor(now / 1_000 - batchesAfter * instants) * 1_000;
    batches.push(makeBatch(tenant, start, instants));
    // The thread pool compresses; more than a few at a time would only take memory.
    if (batches.length % 16 === 0) await batches.at(-16);
  }
  return Promise.all(batches);
}

async function makeBatch(tenant: Tenant, start: number, instants: number): Promise<BenchBatch> {
  const { channels } = tenant;
  const columns = { channelIndex: [] as number[], time: [] as number[], value: [] as number[] };
  const lines = channels.map(() => [] as string[]);
  for (let instant = 0; instant < instants; instant++) {
    const time = start + instant * 1_000;
    const stamp = `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}+00`;
    channels.forEach(({ id }, index) => {
      const value = Math.round(23_000 + 20 * index + 200 * Math.random()) / 100;
      columns.channelIndex.push(index);
      columns.time.push(time);
      columns.value.push(value);
      lines[index]?.push(`${tenant.customerId}\t${id}\t${stamp}\t${value}\n`);
    });
  }
  const body: PushBatch = {
    version: 1,
    streamId: tenant.streamId,
    sites: [],
    devices: [],
    channels: [],
    deleted: { sites: [], devices: [], channels: [] },
    measurements: { channels: channels.map(({ uid }) => uid), ...columns },
  };
  return {
    tenant,
    key: randomUUID(),
    rows: columns.time.length,
    payload: await compress(JSON.stringify(body)),
    text: Buffer.from(lines.map((rows) => rows.join('')).join('')),
    last: {
      channelId: channels.at(-1)?.id ?? 0,
      time: columns.time.at(-1) ?? 0,
      value: columns.value.at(-1) ?? 0,
    },
  };
}
