import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  batchContentType,
  pushHeaders,
  type CustomerWithToken,
  type Problem,
  type PushBatch,
  type PushResult,
} from '#libs/contracts';
import { createToken, hashToken, tokenPrefix } from '../../../apps/admin/src/customers/token.js';
import { ApiClient, type Answer } from '../api-client.js';
import type { RunningApp } from '../running-app.js';

const site = { id: '018f0000-0000-7000-8000-000000000001', slug: 'north', name: 'North', timeZone: 'UTC' };
const device = {
  id: '018f0000-0000-7000-8000-000000000002',
  siteId: site.id,
  serial: '02001084',
  masterId: null,
};
const channels = ['U1', 'U2', 'U3'].map((label, index) => ({
  id: `018f0000-0000-7000-8000-0000000000c${index}`,
  deviceId: device.id,
  label,
  name: `Ph ${index + 1}`,
  unit: 'V',
  quantity: 'voltage',
}));

/** The whole hour that all test rows begin at. */
export const firstTime = Date.UTC(2026, 0, 5);

/** One row for each `[index of the channel, time, value]`; what is not a number is sent as it is. */
export function batchOf(...rows: [channel: unknown, time: unknown, value: unknown][]): PushBatch {
  return {
    version: 1,
    streamId: '018f0000-0000-7000-8000-00000000000f',
    sites: [site],
    devices: [device],
    channels,
    deleted: { sites: [], devices: [], channels: [] },
    measurements: {
      channels: channels.map(({ id }) => id),
      channelIndex: rows.map(([channel]) => channel as number),
      time: rows.map(([, time]) => time as number),
      value: rows.map(([, , value]) => value as number),
    },
  };
}

/** `count` good rows of one channel, a minute apart. */
export function goodRows(count: number, value = 230, start = firstTime): [number, number, number][] {
  return Array.from({ length: count }, (_, index) => [0, start + index * 60_000, value + index]);
}

export interface PushOptions {
  key?: string;
  headers?: Record<string, string>;
}

export interface Customer {
  code: string;
  token: string;
}

/** A customer of the fleet, and what its portal sends. */
export class IngestClient {
  constructor(
    private readonly url: string,
    readonly customer: Customer,
  ) {}

  static async register(url: string, operator: ApiClient, code: string): Promise<IngestClient> {
    const { status, body } = await operator.post<CustomerWithToken>('/api/customers', { code, name: code });
    if (status !== 201) throw new Error(`registration answered ${status}`);
    return new IngestClient(url, { code, token: body.token });
  }

  /** Without the API of the customers, for tests that are about the ingest alone. */
  static async insert({ url, dataSource }: Pick<RunningApp, 'url' | 'dataSource'>, code: string) {
    const token = createToken(code);
    await dataSource.query(
      `WITH added AS (INSERT INTO fleet.customer (uid, code, name) VALUES ($1, $2, $2) RETURNING id)
       INSERT INTO fleet.customer_token (id, customer_id, name, prefix, sha256)
       SELECT $1, id, 'test', $3, $4 FROM added`,
      [randomUUID(), code, tokenPrefix(token), hashToken(token)],
    );
    return new IngestClient(url, { code, token });
  }

  get authorization(): string {
    return `Bearer ${this.customer.token}`;
  }

  push(batch: PushBatch, options: PushOptions = {}): Promise<Answer<PushResult & Problem>> {
    return this.pushBytes(gzipSync(JSON.stringify(batch)), options);
  }

  contact(headers: Record<string, string> = {}): Promise<Answer<Problem>> {
    const all = { authorization: this.authorization, ...headers };
    return new ApiClient(this.url).post('/api/ingest/contact', undefined, all);
  }

  get<T = Problem>(address: string): Promise<Answer<T>> {
    return new ApiClient(this.url).get<T>(address, { authorization: this.authorization });
  }

  pushBytes(
    bytes: Buffer,
    { key = randomUUID(), headers = {} }: PushOptions = {},
  ): Promise<Answer<PushResult & Problem>> {
    const all: Record<string, string> = {
      authorization: this.authorization,
      'content-type': batchContentType,
      'content-encoding': 'gzip',
      [pushHeaders.idempotencyKey]: key,
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    return new ApiClient(this.url).send('POST', '/api/ingest/batches', {
      headers: sent,
      body: new Uint8Array(bytes),
    });
  }
}
