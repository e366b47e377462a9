import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';

let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  portal = await startPortal();
  client = new ApiClient(portal.url);
});
afterAll(() => portal.close());

interface Readiness {
  status: string;
  details: Record<string, { status: string }>;
}

describe('GET /metrics', () => {
  it('answers in the text format of Prometheus', async () => {
    const { status, headers, body } = await client.get<string>('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=/);
    expect(body).toMatch(/^# TYPE process_resident_memory_bytes gauge$/m);
    expect(body).toMatch(/^process_resident_memory_bytes\{app="portal"\} \d+$/m);
    const line = /^(|#.*|[a-z_\d]+(\{.*\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/;
    expect(body.split('\n').filter((text) => !line.test(text))).toEqual([]);
  });
});

describe('health', () => {
  it('is told without a cache', async () => {
    const live = await client.get('/health');
    expect(live.status).toBe(200);
    expect(live.headers.get('cache-control')).toBe('no-store');
    const ready = await client.get<Readiness>('/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.headers.get('cache-control')).toMatch(/no-store/);
    expect(ready.body).toMatchObject({ status: 'ok', details: { database: { status: 'up' } } });
  });

  // The last one: it takes the database away.
  it('is 503 with the part named when the database has gone, while the process lives', async () => {
    await portal.dataSource.destroy();
    const ready = await client.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(ready.body.code).toBe('DATABASE_UNAVAILABLE');
    expect((await client.get('/health')).status).toBe(200);
    await portal.dataSource.initialize();
    expect((await client.get('/health/ready')).status).toBe(200);
  });
});
