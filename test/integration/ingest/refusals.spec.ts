import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAdmin, type RunningApp } from '../running-app.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';
import { customerState, events, storedRows } from './fleet-state.js';
import { batchOf, goodRows, IngestClient } from './ingest-client.js';

let admin: RunningApp;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = await start();
});
afterAll(async () => {
  await admin.close();
  await database.drop();
});

function start(): Promise<RunningApp> {
  return startAdmin({ database, environment: { INGEST_BATCHES_PER_MINUTE: '5' } });
}

describe('the rate limit', () => {
  it('refuses what is too much, tells when to come again, and shows it', async () => {
    const portal = await IngestClient.insert(admin, 'HASTY');
    for (let sent = 0; sent < 5; sent++)
      expect((await portal.push(batchOf(...goodRows(1)))).status).toBe(200);
    const { status, body, headers } = await portal.push(batchOf(...goodRows(2)));
    expect([status, body.code]).toEqual([429, 'INGEST_RATE_LIMITED']);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await storedRows(admin, 'HASTY')).toHaveLength(1);
    expect((await events(admin, 'HASTY'))[0]).toMatchObject({ code: 'INGEST_RATE_LIMITED', type: 'unknown' });
    expect(await customerState(admin, 'HASTY')).toMatchObject({
      last_rejected_at: null,
      last_auth_failed_at: null,
    });
  });

  it('is of each customer, and not for those who only say that they are there', async () => {
    const portal = await IngestClient.insert(admin, 'PATIENT');
    for (let sent = 0; sent < 8; sent++) expect((await portal.contact()).status).toBe(204);
    expect((await portal.push(batchOf())).status).toBe(200);
  });
});

describe('refusals', () => {
  async function revoke(portal: IngestClient): Promise<void> {
    await admin.dataSource.query(
      `UPDATE fleet.customer_token SET revoked_at = now()
       WHERE customer_id = (SELECT id FROM fleet.customer WHERE code = $1)`,
      [portal.customer.code],
    );
  }

  it('of a token that is known are shown to its customer, without contact', async () => {
    const portal = await IngestClient.insert(admin, 'REVOKED');
    await revoke(portal);
    expect((await portal.push(batchOf())).status).toBe(401);
    expect(await customerState(admin, 'REVOKED')).toMatchObject({
      last_auth_failed_at: expect.any(Date),
      last_contact_at: null,
      last_rejected_at: null,
    });
    expect(await events(admin, 'REVOKED')).toMatchObject([
      { outcome: 'refused', type: 'unknown', code: 'INGEST_TOKEN_INVALID', requests: 1 },
    ]);
  });

  it('that follow each other become one event, which is written when Admin stops at the latest', async () => {
    const portal = await IngestClient.insert(admin, 'HAMMER');
    await portal.push(batchOf(...goodRows(1)));
    await revoke(portal);
    for (let sent = 0; sent < 7; sent++) expect((await portal.push(batchOf())).status).toBe(401);
    const [first, ...others] = await events(admin, 'HAMMER');
    expect(first).toMatchObject({ code: 'INGEST_TOKEN_INVALID', requests: 1 });
    expect(others).toHaveLength(1);
    await admin.close();
    admin = await start();
    const refused = (await events(admin, 'HAMMER')).filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ requests }) => requests)).toEqual([6, 1]);
  });

  it('for different reasons are different events', async () => {
    const portal = await IngestClient.insert(admin, 'MIXED');
    const key = randomUUID();
    await portal.push(batchOf(...goodRows(1)), { key });
    await portal.push(batchOf(...goodRows(2)), { key });
    await portal.push(batchOf(...goodRows(2)), { key: '' });
    const inconsistent = { ...batchOf(...goodRows(1)), sites: [] };
    await portal.push({
      ...inconsistent,
      devices: [{ ...inconsistent.devices[0], siteId: randomUUID() } as never],
    });
    const found = await events(admin, 'MIXED');
    expect(found.map(({ code, type }) => [code, type])).toEqual([
      ['INGEST_BATCH_INVALID', 'measurements'],
      ['INGEST_KEY_MISSING', 'unknown'],
      ['INGEST_KEY_REUSED', 'unknown'],
      [null, 'measurements'],
    ]);
    expect(found[2]?.bytes).toBeGreaterThan(0);
  });

  it('are metrics, as are batches and rows', async () => {
    const text = await (await fetch(new URL('/metrics', admin.url))).text();
    expect(text).toMatch(
      /wattfleet_ingest_batches_total\{outcome="refused",code="INGEST_KEY_REUSED",app="admin"\} 1/,
    );
    expect(text).toMatch(/wattfleet_ingest_rows_total\{outcome="accepted",app="admin"\} 1/);
    expect(text).toMatch(/wattfleet_ingest_writes_total\{way="(copy|upsert)",app="admin"\} 1/);
    expect(text).toMatch(/wattfleet_ingest_batch_duration_seconds_count\{[^}]*outcome="accepted"[^}]*\} 1/);
    expect(text).toMatch(/wattfleet_ingest_body_bytes_total\{app="admin"\} [1-9]/);
  });
});

describe('the last use of a token', () => {
  it('is written at most once a minute', async () => {
    const portal = await IngestClient.insert(admin, 'USED');
    const lastUse = async () => {
      const [row]: { at: Date | null }[] = await admin.dataSource.query(
        `SELECT last_used_at AS at FROM fleet.customer_token JOIN fleet.customer ON customer.id = customer_id
         WHERE code = 'USED'`,
      );
      return row?.at;
    };
    expect(await lastUse()).toBeNull();
    await portal.contact();
    const first = await lastUse();
    expect(first).toEqual(expect.any(Date));
    await portal.contact();
    expect(await lastUse()).toEqual(first);
    await admin.dataSource.query(
      `UPDATE fleet.customer_token SET last_used_at = now() - INTERVAL '61 seconds' WHERE last_used_at = $1`,
      [first],
    );
    await portal.contact();
    expect((await lastUse())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
  });
});
