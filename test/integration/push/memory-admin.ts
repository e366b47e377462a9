import type { ServerResponse } from 'node:http';
import type { DataSource } from 'typeorm';
import { pushHeaders, type PushResult } from '#libs/contracts';
import { measurementDigest } from '#libs/database';
import { answer, type FleetStub, type ReceivedPush } from './fleet-stub.js';

/** All that an Admin knows of one customer. */
interface Memory {
  sites: Map<string, { id: string; name: string }>;
  devices: Map<string, { id: string; siteId: string }>;
  channels: Map<string, { id: string; deviceId: string; name: string }>;
  /** By `channel time`. */
  values: Map<string, number>;
  results: Map<string, PushResult>;
  position: number;
}

/** An Admin in memory that keeps the protocol, and can be set back to what it was. */
export class MemoryAdmin {
  memory: Memory = {
    sites: new Map(),
    devices: new Map(),
    channels: new Map(),
    values: new Map(),
    results: new Map(),
    position: 0,
  };

  /** @param dataSource computes digests; any database does */
  constructor(
    private readonly stub: FleetStub,
    private readonly dataSource: DataSource,
  ) {
    this.behave();
  }

  /** Answers as the protocol says, as it does from the start. */
  behave(): void {
    this.stub.respond = (response, push) => {
      if (push === undefined) this.#end(response, 204, null);
      else this.#take(response, push);
    };
    this.stub.answerQuestion = (url, response) => this.#answerQuestion(url, response);
  }

  /** What a backup holds. */
  backup(): Memory {
    return structuredClone(this.memory);
  }

  /** A line for every row that it holds. */
  rows(): string[] {
    return [...this.memory.values].map(([row, value]) => `${row} ${value}`).toSorted();
  }

  #take(response: ServerResponse, push: ReceivedPush): void {
    const told = Number(push.headers[pushHeaders.streamPosition]);
    if (this.memory.position < told) {
      void answer(412, { [pushHeaders.streamPosition]: String(this.memory.position) })(response);
      return;
    }
    let result = this.memory.results.get(push.key);
    if (result === undefined) {
      result = this.#store(push);
      this.memory.results.set(push.key, result);
      this.memory.position += 1;
    }
    this.#end(response, 200, result);
  }

  #store({ batch }: ReceivedPush): PushResult {
    const { sites, devices, channels, values } = this.memory;
    for (const site of batch.sites) sites.set(site.id, site);
    for (const device of batch.devices) devices.set(device.id, device);
    for (const channel of batch.channels) channels.set(channel.id, channel);
    const { measurements } = batch;
    const errors: PushResult['errors'] = [];
    for (const [row, time] of measurements.time.entries()) {
      const channel = measurements.channels[measurements.channelIndex[row] ?? -1] ?? '';
      if (channels.has(channel)) values.set(`${channel} ${time}`, measurements.value[row] ?? Number.NaN);
      else errors.push({ row, code: 'UNKNOWN_CHANNEL', message: 'the customer has no such channel' });
    }
    for (const id of batch.deleted.sites) sites.delete(id);
    for (const [id, { siteId }] of devices) {
      if (batch.deleted.devices.includes(id) || !sites.has(siteId)) devices.delete(id);
    }
    for (const [id, { deviceId }] of channels) {
      if (batch.deleted.channels.includes(id) || !devices.has(deviceId)) channels.delete(id);
    }
    for (const row of values.keys()) if (!channels.has(row.split(' ')[0] ?? '')) values.delete(row);
    const received = measurements.time.length;
    const accepted = received - errors.length;
    return { received, accepted, duplicates: 0, rejected: errors.length, errors };
  }

  async #answerQuestion(url: URL, response: ServerResponse): Promise<void> {
    const { sites, devices, channels, values } = this.memory;
    if (url.pathname === '/api/ingest/catalogue') {
      const ids = { sites: [...sites.keys()], devices: [...devices.keys()], channels: [...channels.keys()] };
      this.#end(response, 200, ids);
      return;
    }
    const from = Date.parse(url.searchParams.get('from') ?? '');
    const to = Date.parse(url.searchParams.get('to') ?? '');
    const rows = [...values].map(([row, value]) => [...row.split(' '), value] as [string, string, number]);
    const held = rows.filter(([, time]) => Number(time) >= from && Number(time) < to);
    const digests: unknown = await this.dataSource.query(
      `SELECT channel AS "channelId", (time AT TIME ZONE 'UTC')::date::text AS day, ${measurementDigest}
       FROM (SELECT channel, to_timestamp(ms / 1000.0) AS time, value
             FROM unnest($1::text[], $2::float8[], $3::float8[]) AS held (channel, ms, value)) AS held
       GROUP BY 1, 2`,
      [held.map(([id]) => id), held.map(([, time]) => Number(time)), held.map(([, , value]) => value)],
    );
    this.#end(response, 200, { digests });
  }

  #end(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, {
      'content-type': 'application/json',
      [pushHeaders.streamPosition]: String(this.memory.position),
    });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  }
}
