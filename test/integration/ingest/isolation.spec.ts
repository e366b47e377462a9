import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PushBatch } from '#libs/contracts';
import { startAdmin, type RunningApp } from '../running-app.js';
import { isServer } from '../test-database.js';
import { batchOf, firstTime, goodRows, IngestClient } from './ingest-client.js';

let admin: RunningApp;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());

async function contentOf(code: string): Promise<unknown> {
  return admin.dataSource.query(
    `SELECT site.uid AS site, site.name, device.serial, channel.label, channel.name AS channel, time, value
     FROM fleet.customer JOIN fleet.site ON site.customer_id = customer.id
       JOIN fleet.device ON device.customer_id = customer.id JOIN fleet.channel ON channel.customer_id = customer.id
       LEFT JOIN fleet.measurement ON measurement.customer_id = customer.id AND channel_id = channel.id
     WHERE code = $1 ORDER BY label, time`,
    [code],
  );
}

describe('customers', () => {
  it('cannot touch each other, whatever ids they send', async () => {
    const victim = await IngestClient.insert(admin, 'VICTIM');
    const attacker = await IngestClient.insert(admin, 'ATTACKER');
    await victim.push(batchOf(...goodRows(5)));
    const before = await contentOf('VICTIM');

    const forged = batchOf(...goodRows(5, 666));
    forged.sites = forged.sites.map((site) => ({ ...site, name: 'Taken over' }));
    forged.channels = forged.channels.map((channel) => ({ ...channel, name: 'Taken over' }));
    expect((await attacker.push(forged)).body).toMatchObject({ accepted: 5 });
    expect(await contentOf('VICTIM')).toEqual(before);
    expect(await contentOf('ATTACKER')).not.toEqual(before);
  });

  it('cannot write to a channel of another that they have not announced themselves', async () => {
    const owner = await IngestClient.insert(admin, 'OWNER');
    const guesser = await IngestClient.insert(admin, 'GUESSER');
    await owner.push(batchOf());
    const guessed: PushBatch = { ...batchOf(...goodRows(3)), sites: [], devices: [], channels: [] };
    const { status, body } = await guesser.push(guessed);
    expect(status).toBe(200);
    expect(body).toMatchObject({ received: 3, accepted: 0, rejected: 3 });
    expect(body.errors).toMatchObject(Array.from({ length: 3 }, () => ({ code: 'UNKNOWN_CHANNEL' })));
    expect(await contentOf('GUESSER')).toEqual([]);
  });
});

describe.skipIf(!isServer)(
  'batches that come at the same time (needs a server with many connections)',
  () => {
    it('are all stored when they overlap and name rows and channels in any order', async () => {
      const portal = await IngestClient.insert(admin, 'PARALLEL');
      const batches = Array.from({ length: 24 }, (_, number) => {
        const rows = Array.from({ length: 600 }, (_, row): [number, number, number] => [
          row % 3,
          firstTime + (number * 25 + Math.floor(row / 3)) * 1_000,
          7,
        ]);
        const batch = batchOf(...(number % 2 === 0 ? rows : rows.toReversed()));
        if (number % 2 === 1) batch.channels = batch.channels.toReversed();
        return batch;
      });
      const answers = await Promise.all(batches.map((batch) => portal.push(batch)));
      expect(answers.map(({ status }) => status)).toEqual(batches.map(() => 200));
      const expected = new Set(
        batches.flatMap(({ measurements: { channelIndex, time } }) =>
          time.map((at, row) => `${channelIndex[row]} ${at}`),
        ),
      ).size;
      expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(expected);
      const [row]: { stored: number; counted: number }[] = await admin.dataSource.query(
        `SELECT (SELECT count(*)::int FROM fleet.measurement WHERE customer_id = customer.id) AS stored,
         measurement_count::int AS counted FROM fleet.customer WHERE code = 'PARALLEL'`,
      );
      expect(row).toEqual({ stored: expected, counted: expected });
    });

    it('are stored once when they are the same', async () => {
      const portal = await IngestClient.insert(admin, 'SAMEKEY');
      const key = randomUUID();
      const batch = batchOf(...goodRows(500));
      const answers = await Promise.all(Array.from({ length: 8 }, () => portal.push(batch, { key })));
      for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
      const outcomes: unknown[] = await admin.dataSource.query(
        `SELECT outcome, count(*)::int AS count FROM fleet.ingest_event JOIN fleet.customer ON customer.id = customer_id
       WHERE customer.code = 'SAMEKEY' GROUP BY 1 ORDER BY 1`,
      );
      expect(outcomes).toEqual([
        { outcome: 'accepted', count: 1 },
        { outcome: 'replayed', count: 7 },
      ]);
    });
  },
);

describe('the count that Admin keeps', () => {
  it('equals what it holds, for every customer', async () => {
    const rows: unknown[] = await admin.dataSource.query(
      `SELECT code FROM fleet.customer WHERE measurement_count <>
         (SELECT count(*) FROM fleet.measurement WHERE customer_id = customer.id)`,
    );
    expect(rows).toEqual([]);
  });
});
