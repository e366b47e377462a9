import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PushBatch } from '#libs/contracts';
import { startAdmin, type RunningApp } from '../running-app.js';
import { customerState, events, storedRows } from './fleet-state.js';
import { batchOf, firstTime, goodRows, IngestClient } from './ingest-client.js';

let admin: RunningApp;
let portal: IngestClient;
let code = '';
let customers = 0;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());
beforeEach(async () => {
  code = `CAT${++customers}`;
  portal = await IngestClient.insert(admin, code);
});

const empty = { sites: [], devices: [], channels: [] };

/** A batch with nothing but what is given. */
function changes(given: Partial<PushBatch>): PushBatch {
  return { ...batchOf(), ...empty, measurements: batchOf().measurements, ...given };
}

/** The batch as a portal sends it that was made anew: the same names, other ids. */
function withNewIds(batch: PushBatch): PushBatch {
  const newIds = new Map<string, string>();
  const text = JSON.stringify({ ...batch, streamId: randomUUID() });
  for (const { id } of [...batch.sites, ...batch.devices, ...batch.channels]) newIds.set(id, randomUUID());
  return JSON.parse([...newIds].reduce((all, [old, id]) => all.replaceAll(old, id), text)) as PushBatch;
}

async function taken(batch: PushBatch): Promise<void> {
  const { status, body } = await portal.push(batch);
  expect([status, body.errors ?? body]).toEqual([200, []]);
}

describe('a portal that was made anew', () => {
  it('goes on with the rows that are there, under its new ids', async () => {
    const first = batchOf(...goodRows(3));
    await taken(first);
    const ids = await admin.dataSource.query(`SELECT id FROM fleet.channel ORDER BY id`);
    const anew = withNewIds(batchOf(...goodRows(5)));
    const { body } = await portal.push(anew);
    expect(body).toMatchObject({ received: 5, accepted: 2, duplicates: 3, rejected: 0 });
    expect(await storedRows(admin, code)).toHaveLength(5);
    expect(await customerState(admin, code)).toMatchObject({ sites: 1, devices: 1, channels: 3 });
    expect(await admin.dataSource.query(`SELECT id FROM fleet.channel ORDER BY id`)).toEqual(ids);
    const { body: catalogue } = await portal.get('/api/ingest/catalogue');
    expect(catalogue).toEqual({
      sites: anew.sites.map(({ id }) => id),
      devices: anew.devices.map(({ id }) => id),
      channels: expect.arrayContaining(anew.channels.map(({ id }) => id)),
    });
    const old = await portal.push(changes({ measurements: first.measurements }));
    expect(old.body).toMatchObject({ rejected: 3 });
  });

  it('takes over a part of what it sends, and adds the rest', async () => {
    await taken(batchOf());
    const anew = withNewIds(batchOf());
    await taken({ ...anew, channels: [] });
    const added = anew.channels.map((channel) => ({ ...channel, label: `${channel.label}-new` }));
    await taken({ ...anew, channels: [...anew.channels.slice(0, 1), ...added.slice(1)] });
    expect(await customerState(admin, code)).toMatchObject({ sites: 1, devices: 1, channels: 5 });
  });
});

describe('a change of the catalogue', () => {
  it('moves channels and devices, with what they have measured', async () => {
    await taken(batchOf(...goodRows(2)));
    const [site] = batchOf().sites;
    const [device] = batchOf().devices;
    const [channel] = batchOf().channels;
    if (!site || !device || !channel) throw new Error('the batch has one of each');
    const south = { ...site, id: randomUUID(), slug: 'south' };
    const spare = { ...device, id: randomUUID(), serial: 'spare', siteId: south.id };
    await taken(
      changes({
        sites: [south],
        devices: [{ ...device, siteId: south.id }, spare],
        channels: [{ ...channel, deviceId: spare.id }],
      }),
    );
    const places: unknown[] = await admin.dataSource.query(
      `SELECT site.slug, serial, label FROM fleet.channel
         JOIN fleet.device ON device.customer_id = channel.customer_id AND device.uid = device_uid
         JOIN fleet.site ON site.customer_id = channel.customer_id AND site.uid = site_uid
         JOIN fleet.customer ON customer.id = channel.customer_id WHERE customer.code = $1 ORDER BY label`,
      [code],
    );
    expect(places).toEqual([
      { slug: 'south', serial: 'spare', label: 'U1' },
      { slug: 'south', serial: device.serial, label: 'U2' },
      { slug: 'south', serial: device.serial, label: 'U3' },
    ]);
    expect(await storedRows(admin, code)).toHaveLength(2);
    await taken(changes({ deleted: { ...empty, sites: [site.id] } }));
    expect(await storedRows(admin, code)).toHaveLength(2);
  });

  it('may exchange names within a batch, and give the name of what is deleted to another', async () => {
    await taken(batchOf(...goodRows(2)));
    const [first, second, third] = batchOf().channels;
    if (!first || !second || !third) throw new Error('the batch has three channels');
    await taken(
      changes({
        channels: [
          { ...first, label: 'U2' },
          { ...second, label: 'U1' },
        ],
      }),
    );
    expect(await storedRows(admin, code)).toEqual([`U2 ${firstTime} 230`, `U2 ${firstTime + 60_000} 231`]);
    const heir = { ...first, id: randomUUID(), label: 'U2' };
    await taken(changes({ channels: [heir], deleted: { ...empty, channels: [first.id] } }));
    // A new meter is not the deleted one, whatever its name.
    expect(await storedRows(admin, code)).toEqual([]);
    const contradiction = await portal.push(changes({ channels: [{ ...third, label: 'U1' }] }));
    expect([contradiction.status, contradiction.body.code]).toEqual([422, 'INGEST_BATCH_INVALID']);
  });

  it('has a version, which grows when something changes and only then', async () => {
    const version = async () => (await customerState(admin, code)).catalogue_version;
    await taken(batchOf(...goodRows(1)));
    const before = await version();
    expect(before).toBeGreaterThan(0);
    await taken(batchOf(...goodRows(2)));
    await taken(changes({ deleted: { ...empty, sites: [randomUUID()] } }));
    expect(await version()).toBe(before);
    await taken(
      changes({
        deleted: {
          ...empty,
          channels: batchOf()
            .channels.slice(2)
            .map(({ id }) => id),
        },
      }),
    );
    expect(await version()).toBe(before + 1);
  });
});

describe('a deletion', () => {
  it('removes what is below, measurements too, and may come again', async () => {
    await taken(batchOf(...goodRows(3), [1, firstTime + 3_600_000, 5]));
    const [first, second] = batchOf().channels;
    if (!first || !second) throw new Error('the batch has three channels');
    const other = await IngestClient.insert(admin, `${code}-OTHER`);
    await other.push(batchOf(...goodRows(3)));
    await taken(changes({ deleted: { ...empty, channels: [second.id, randomUUID()] } }));
    expect((await events(admin, code))[0]).toMatchObject({ outcome: 'accepted', type: 'deletion' });
    expect(await storedRows(admin, code)).toHaveLength(3);
    expect(await customerState(admin, code)).toMatchObject({
      measurement_count: 3,
      channels: 2,
      newest_data_at: new Date(firstTime + 120_000),
    });
    const rejected = await portal.push(changes({ measurements: batchOf([1, firstTime, 1]).measurements }));
    expect(rejected.body.errors).toMatchObject([{ code: 'UNKNOWN_CHANNEL' }]);
    const all = changes({ deleted: { ...empty, sites: batchOf().sites.map(({ id }) => id) } });
    await taken(all);
    await taken(all);
    expect(await customerState(admin, code)).toMatchObject({
      measurement_count: 0,
      sites: 0,
      devices: 0,
      channels: 0,
      newest_data_at: null,
    });
    const [left]: { rows: number }[] = await admin.dataSource.query(
      `SELECT count(*)::int AS rows FROM fleet.measurement JOIN fleet.customer ON customer.id = customer_id
       WHERE code LIKE $1 || '%'`,
      [code],
    );
    expect(left).toEqual({ rows: 3 });
    expect(await storedRows(admin, `${code}-OTHER`)).toHaveLength(3);
  });

  it('of another customer’s ids is of nothing', async () => {
    const owner = await IngestClient.insert(admin, `${code}-OWNER`);
    await owner.push(batchOf(...goodRows(3)));
    const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
    const { sites, devices, channels } = batchOf();
    await taken(changes({ deleted: { sites: ids(sites), devices: ids(devices), channels: ids(channels) } }));
    expect(await storedRows(admin, `${code}-OWNER`)).toHaveLength(3);
  });
});
