import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAdmin, type RunningApp } from '../running-app.js';
import { customerState, events, storedRows } from './fleet-state.js';
import { batchOf, goodRows, IngestClient } from './ingest-client.js';

const { streamId } = batchOf();
let admin: RunningApp;
let portal: IngestClient;
let customers = 0;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());
beforeEach(async () => {
  portal = await IngestClient.insert(admin, `STR${++customers}`);
});

function stream(position: number, id = streamId): Record<string, string> {
  return { 'wattfleet-stream-id': id, 'wattfleet-stream-position': String(position) };
}

const positionOf = ({ headers }: { headers: Headers }) => headers.get('wattfleet-stream-position');

describe('the position of a stream', () => {
  it('is how many of its batches were committed, in every answer', async () => {
    const key = randomUUID();
    const first = await portal.push(batchOf(...goodRows(1)), { key, headers: stream(0) });
    expect([first.status, positionOf(first)]).toEqual([200, '1']);
    expect(positionOf(await portal.push(batchOf(...goodRows(2)), { headers: stream(1) }))).toBe('2');
    const replay = await portal.push(batchOf(...goodRows(1)), { key, headers: stream(2) });
    expect([replay.headers.get('wattfleet-replayed'), positionOf(replay)]).toEqual(['true', '2']);
    const contact = await portal.contact(stream(2));
    expect([contact.status, positionOf(contact)]).toEqual([204, '2']);
    const refused = await portal.push(batchOf([0, 0, 0]), { key, headers: stream(2) });
    expect(refused.status).toBe(409);
    expect(positionOf(await portal.contact(stream(2)))).toBe('2');
  });

  it('is told to a sender that does not name the stream beside the batch', async () => {
    expect(positionOf(await portal.push(batchOf(...goodRows(1))))).toBe('1');
    expect(positionOf(await portal.contact())).toBeNull();
  });

  it('is of one stream of one customer', async () => {
    const other = await IngestClient.insert(admin, `STR${++customers}`);
    await portal.push(batchOf(...goodRows(1)));
    expect(positionOf(await other.push(batchOf(...goodRows(1)), { headers: stream(0) }))).toBe('1');
    const anew = randomUUID();
    const batch = { ...batchOf(...goodRows(2)), streamId: anew };
    expect(positionOf(await portal.push(batch, { headers: stream(0, anew) }))).toBe('1');
    expect(positionOf(await portal.contact(stream(0)))).toBe('1');
  });

  it('refuses the batch of a portal that was told of more, and takes nothing', async () => {
    await portal.push(batchOf(...goodRows(1)), { headers: stream(0) });
    const refused = await portal.push(batchOf(...goodRows(5)), { headers: stream(2) });
    expect([refused.status, refused.body.code, positionOf(refused)]).toEqual([
      412,
      'INGEST_STREAM_BEHIND',
      '1',
    ]);
    expect(await storedRows(admin, portal.customer.code)).toHaveLength(1);
    expect((await events(admin, portal.customer.code))[0]).toMatchObject({
      outcome: 'refused',
      type: 'unknown',
      code: 'INGEST_STREAM_BEHIND',
    });
    expect((await customerState(admin, portal.customer.code)).last_rejected_at).toBeNull();
    const unknown = await portal.push(batchOf(), { headers: stream(1, randomUUID()) });
    expect([unknown.status, positionOf(unknown)]).toEqual([412, '0']);
  });

  it('is not compared when the portal was restored: it was told of fewer', async () => {
    for (const count of [1, 2, 3]) await portal.push(batchOf(...goodRows(count)));
    expect(positionOf(await portal.push(batchOf(...goodRows(4)), { headers: stream(1) }))).toBe('4');
  });

  it('belongs to the stream of the body: the header cannot name another', async () => {
    const { status, body } = await portal.push(batchOf(...goodRows(1)), { headers: stream(0, randomUUID()) });
    expect([status, body.code]).toEqual([422, 'INGEST_BATCH_INVALID']);
  });
});
