import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestCatalogue, ingestDigests } from '#libs/contracts';
import { measurementDigest } from '#libs/database';
import { startAdmin, type RunningApp } from '../running-app.js';
import { batchOf, firstTime, goodRows, IngestClient } from './ingest-client.js';

const day = 86_400_000;
let admin: RunningApp;
let portal: IngestClient;

beforeAll(async () => {
  admin = await startAdmin();
  portal = await IngestClient.insert(admin, 'COMPARE');
  const other = await IngestClient.insert(admin, 'OTHER');
  await other.push(batchOf(...goodRows(9, 1)));
  await portal.push(
    batchOf(...goodRows(3), [1, firstTime + day - 1, 7], [1, firstTime + day, 8], [2, firstTime - 1, 9]),
  );
});
afterAll(() => admin.close());

function digests(from: number, to: number) {
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  return portal.get(`/api/ingest/digests?${query.toString()}`);
}

describe('a portal that compares', () => {
  it('is told the ids that Admin holds of it', async () => {
    const { status, body } = await portal.get('/api/ingest/catalogue');
    expect(status).toBe(200);
    const { sites, devices, channels } = ingestCatalogue.strict().parse(body);
    const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
    const sent = batchOf();
    expect([sites, devices]).toEqual([ids(sent.sites), ids(sent.devices)]);
    expect(channels.toSorted()).toEqual(ids(sent.channels));
  });

  it('is told a digest of each channel and UTC day, equal to that of the same rows', async () => {
    const { status, body } = await digests(firstTime, firstTime + 2 * day);
    expect(status).toBe(200);
    const found = ingestDigests.strict().parse(body).digests;
    const [first, second] = batchOf().channels.map(({ id }) => id);
    const expected: unknown[] = await admin.dataSource.query(
      `SELECT channel AS "channelId", day, ${measurementDigest}
       FROM (VALUES ($1, '2026-01-05', 230::float8, '2026-01-05 00:00Z'::timestamptz),
         ($1, '2026-01-05', 231, '2026-01-05 00:01Z'), ($1, '2026-01-05', 232, '2026-01-05 00:02Z'),
         ($2, '2026-01-05', 7, '2026-01-05 23:59:59.999Z'), ($2, '2026-01-06', 8, '2026-01-06 00:00Z')
       ) AS row (channel, day, value, time) GROUP BY 1, 2`,
      [first, second],
    );
    expect(expected).toHaveLength(3);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('asks for whole UTC days, at most 31, with its token', async () => {
    for (const [from, to] of [
      [firstTime + 1, firstTime + day + 1],
      [firstTime, firstTime],
      [firstTime, firstTime + 32 * day],
    ] as const) {
      expect((await digests(from, to)).status).toBe(400);
    }
    expect((await fetch(new URL('/api/ingest/catalogue', admin.url))).status).toBe(401);
    expect((await fetch(new URL('/api/ingest/digests', admin.url))).status).toBe(401);
  });
});
