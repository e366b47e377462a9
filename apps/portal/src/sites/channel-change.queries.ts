import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';

/** What people may change of a channel. */
export interface ChannelFields {
  label: string;
  unit: string;
  quantity: string;
  name: string;
  /** Null while it is derived from the samples. */
  samplePeriodSeconds: number | null;
  externalId: string | null;
}

export interface LockedChannel {
  id: number;
  deviceUid: string;
  serial: string;
  slug: string;
  meterName: string;
  /** Whether its name was given by hand, and whether its quantity was. */
  isRenamed: boolean;
  isQuantitySet: boolean;
  fields: ChannelFields;
}

export interface DeviceKey {
  id: number;
  serial: string;
  slug: string;
}

/** Keeps the device until the transaction ends. */
export async function lockDeviceOfChannel(
  manager: EntityManager,
  uid: string,
): Promise<DeviceKey | undefined> {
  const rows: DeviceKey[] = await manager.query(
    `SELECT device.id, serial, slug FROM monitoring.device JOIN monitoring.site ON site.id = site_id
     WHERE device.uid = $1 FOR SHARE OF device`,
    [uid],
  );
  return rows[0];
}

/** @returns uid of the new channel */
export async function insertChannel(
  manager: EntityManager,
  deviceId: number,
  fields: ChannelFields,
): Promise<string> {
  const uid = uuid();
  const { label, unit, quantity, name, samplePeriodSeconds, externalId } = fields;
  await manager.query(
    `INSERT INTO monitoring.channel (uid, device_id, label, unit, quantity, name, sample_period_seconds, external_id,
       renamed_at, quantity_set_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), now())`,
    [uid, deviceId, label, unit, quantity, name, samplePeriodSeconds, externalId],
  );
  return uid;
}

export async function lockChannel(manager: EntityManager, uid: string): Promise<LockedChannel | undefined> {
  const rows: (ChannelFields & Omit<LockedChannel, 'fields'>)[] = await manager.query(
    `SELECT channel.id, device.uid AS "deviceUid", serial, slug, meter_name AS "meterName",
       renamed_at IS NOT NULL AS "isRenamed", quantity_set_at IS NOT NULL AS "isQuantitySet", label, unit, quantity,
       channel.name, sample_period_seconds AS "samplePeriodSeconds", channel.external_id AS "externalId"
     FROM monitoring.channel JOIN monitoring.device ON device.id = device_id JOIN monitoring.site ON site.id = site_id
     WHERE channel.uid = $1 FOR UPDATE OF channel`,
    [uid],
  );
  return rows.map(({ id, deviceUid, serial, slug, meterName, isRenamed, isQuantitySet, ...fields }) => ({
    id,
    deviceUid,
    serial,
    slug,
    meterName,
    isRenamed,
    isQuantitySet,
    fields,
  }))[0];
}

/** @param byHand whether name and quantity are the user's, so that no meter file changes them */
export async function updateChannel(
  manager: EntityManager,
  id: number,
  fields: ChannelFields,
  byHand: { name: boolean; quantity: boolean },
): Promise<void> {
  const { label, unit, quantity, name, samplePeriodSeconds, externalId } = fields;
  await manager.query(
    `UPDATE monitoring.channel SET label = $2, unit = $3, quantity = $4, name = $5, sample_period_seconds = $6,
       external_id = $7, renamed_at = CASE WHEN $8::boolean THEN coalesce(renamed_at, now()) END,
       quantity_set_at = CASE WHEN $9::boolean THEN coalesce(quantity_set_at, now()) END
     WHERE id = $1`,
    [id, label, unit, quantity, name, samplePeriodSeconds, externalId, byHand.name, byHand.quantity],
  );
}
