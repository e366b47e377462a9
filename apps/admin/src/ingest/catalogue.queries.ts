import type { EntityManager } from 'typeorm';
import type { PushedChannel, PushedDevice, PushedSite, ReceivedBatch } from '#libs/contracts';

/*
 * What is sent with an unknown id may be known by its name: a portal that was made anew from the same meter files gives
 * new ids to the same places. The row then takes the new id, and what it has measured stays where it is. Not so when the
 * batch itself names or deletes the row's old id: then the portal still means another one by it.
 *
 * Every statement is about the customer's own rows, whatever ids are sent, and returns how many it has changed.
 */

type Deleted = ReceivedBatch['deleted'];
type Changed = Promise<number>;

async function change(manager: EntityManager, sql: string, parameters: unknown[]): Changed {
  const [row]: { changed: number }[] = await manager.query(
    `WITH changed AS (${sql} RETURNING 1) SELECT count(*)::int AS changed FROM changed`,
    parameters,
  );
  return row?.changed ?? 0;
}

export async function putSites(
  manager: EntityManager,
  customerId: number,
  sites: readonly PushedSite[],
  deleted: Deleted,
): Changed {
  const sent = `jsonb_to_recordset($2) AS sent (id uuid, slug text, name text, "timeZone" text)`;
  const parameters = [customerId, JSON.stringify(sites)];
  const adopted = await change(
    manager,
    `UPDATE fleet.site SET uid = sent.id FROM ${sent}
     WHERE site.customer_id = $1 AND site.slug = sent.slug AND ${isFree('site')}`,
    [...parameters, deleted.sites],
  );
  const put = await change(
    manager,
    `INSERT INTO fleet.site (customer_id, uid, slug, name, time_zone)
     SELECT $1, id, slug, name, "timeZone" FROM ${sent}
     ON CONFLICT (customer_id, uid) DO UPDATE
       SET slug = excluded.slug, name = excluded.name, time_zone = excluded.time_zone
       WHERE (site.slug, site.name, site.time_zone)
         IS DISTINCT FROM (excluded.slug, excluded.name, excluded.time_zone)`,
    parameters,
  );
  return adopted + put;
}

export async function putDevices(
  manager: EntityManager,
  customerId: number,
  devices: readonly PushedDevice[],
  deleted: Deleted,
): Changed {
  const sent = `jsonb_to_recordset($2) AS sent (id uuid, "siteId" uuid, serial text, "masterId" uuid)`;
  const parameters = [customerId, JSON.stringify(devices)];
  const adopted = await change(
    manager,
    `UPDATE fleet.device SET uid = sent.id FROM ${sent}
     WHERE device.customer_id = $1 AND device.site_uid = sent."siteId" AND device.serial = sent.serial
       AND ${isFree('device')}`,
    [...parameters, deleted.devices],
  );
  const put = await change(
    manager,
    `INSERT INTO fleet.device (customer_id, uid, site_uid, serial, master_uid)
     SELECT $1, id, "siteId", serial, "masterId" FROM ${sent}
     ON CONFLICT (customer_id, uid) DO UPDATE
       SET site_uid = excluded.site_uid, serial = excluded.serial, master_uid = excluded.master_uid
       WHERE (device.site_uid, device.serial, device.master_uid)
         IS DISTINCT FROM (excluded.site_uid, excluded.serial, excluded.master_uid)`,
    parameters,
  );
  return adopted + put;
}

export async function putChannels(
  manager: EntityManager,
  customerId: number,
  channels: readonly PushedChannel[],
  deleted: Deleted,
): Changed {
  const sent = `jsonb_to_recordset($2)
    AS sent (id uuid, "deviceId" uuid, label text, name text, unit text, quantity text)`;
  const parameters = [customerId, JSON.stringify(channels)];
  const adopted = await change(
    manager,
    `UPDATE fleet.channel SET uid = sent.id FROM ${sent}
     WHERE channel.customer_id = $1 AND channel.device_uid = sent."deviceId" AND channel.label = sent.label
       AND channel.unit = sent.unit AND ${isFree('channel')}`,
    [...parameters, deleted.channels],
  );
  const put = await change(
    manager,
    `INSERT INTO fleet.channel (customer_id, uid, device_uid, label, name, unit, quantity)
     SELECT $1, id, "deviceId", label, name, unit, quantity FROM ${sent}
     ON CONFLICT (customer_id, uid) DO UPDATE SET device_uid = excluded.device_uid, label = excluded.label,
         name = excluded.name, unit = excluded.unit, quantity = excluded.quantity
       WHERE (channel.device_uid, channel.label, channel.name, channel.unit, channel.quantity)
         IS DISTINCT FROM (excluded.device_uid, excluded.label, excluded.name, excluded.unit, excluded.quantity)`,
    parameters,
  );
  return adopted + put;
}

/** True of a row that the id `sent.id` may be given to; `$3` are the ids that the batch deletes. */
function isFree(table: 'site' | 'device' | 'channel'): string {
  return `NOT EXISTS (SELECT FROM fleet.${table} AS known WHERE known.customer_id = $1 AND known.uid = sent.id)
    AND ${table}.uid <> ALL($3::uuid[])
    AND NOT EXISTS (SELECT FROM jsonb_to_recordset($2) AS named (id uuid) WHERE named.id = ${table}.uid)`;
}

/** Keys of the channels that go with what is deleted, in whatever way they hang below it. */
export async function selectChannelsBelow(
  manager: EntityManager,
  customerId: number,
  { sites, devices, channels }: Deleted,
): Promise<number[]> {
  const rows: { id: number }[] = await manager.query(
    `SELECT channel.id FROM fleet.channel
       JOIN fleet.device ON device.customer_id = channel.customer_id AND device.uid = device_uid
     WHERE channel.customer_id = $1
       AND (channel.uid = ANY($2::uuid[]) OR device.uid = ANY($3::uuid[]) OR site_uid = ANY($4::uuid[]))`,
    [customerId, channels, devices, sites],
  );
  return rows.map(({ id }) => id);
}

/** Devices and channels go with what they are below of. */
export async function deleteCatalogue(
  manager: EntityManager,
  customerId: number,
  { sites, devices, channels }: Deleted,
): Changed {
  let changed = 0;
  for (const [table, uids] of Object.entries({ channel: channels, device: devices, site: sites })) {
    if (uids.length === 0) continue;
    changed += await change(
      manager,
      `DELETE FROM fleet.${table} WHERE customer_id = $1 AND uid = ANY($2::uuid[])`,
      [customerId, uids],
    );
  }
  return changed;
}

/** Names may have been exchanged on the way; now that all is applied, no two may be the same. */
export async function checkNames(manager: EntityManager): Promise<void> {
  await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
}

/** What was cached of the customer's catalogue is no longer true. */
export async function bumpCatalogueVersion(manager: EntityManager, customerId: number): Promise<void> {
  await manager.query(`UPDATE fleet.customer SET catalogue_version = catalogue_version + 1 WHERE id = $1`, [
    customerId,
  ]);
}

/** After a deletion the customer's count and newest time are looked up anew: the newest row may be gone. */
export async function recountCustomer(
  manager: EntityManager,
  customerId: number,
  deletedRows: number,
): Promise<void> {
  await manager.query(
    `UPDATE fleet.customer SET measurement_count = measurement_count - $2::bigint,
       newest_data_at = (SELECT max(newest.time) FROM fleet.channel, LATERAL (
         SELECT time FROM fleet.measurement WHERE measurement.customer_id = $1 AND channel_id = channel.id
         ORDER BY time DESC LIMIT 1) AS newest WHERE channel.customer_id = $1)
     WHERE id = $1`,
    [customerId, deletedRows],
  );
}

/** Keys of all channels of the customer by the portal's id, in lower case. */
export async function selectChannelKeys(
  manager: EntityManager,
  customerId: number,
): Promise<Map<string, number>> {
  const rows: { uid: string; id: number }[] = await manager.query(
    `SELECT uid, id FROM fleet.channel WHERE customer_id = $1`,
    [customerId],
  );
  return new Map(rows.map(({ uid, id }) => [uid, id]));
}
