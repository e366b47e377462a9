import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { PushedChannel, PushedDevice, PushedSite } from '#libs/contracts';
import type { MeterChannel, MeterFileHeader } from '#libs/meter-files';
import { checkDevices } from './import-policy.service.js';
import { selectKnownHeader } from './known-header.queries.js';

/** What a meter file's header stands for in the database. */
export interface CatalogueEntry {
  site: PushedSite;
  devices: PushedDevice[];
  /** In the order of the file's value columns. */
  channels: CatalogueChannel[];
  /** What of it was created or renamed just now, so that Admin has to hear of it. */
  changed: { sites: PushedSite[]; devices: PushedDevice[]; channels: PushedChannel[] };
}

interface CatalogueChannel {
  /** Key of `monitoring.measurement`. */
  id: number;
  pushed: PushedChannel;
}

/** What a channel is called and measures here, whatever the file says. */
interface Described {
  name: string;
  quantity: string;
}

interface Row {
  id: number;
  uid: string;
  changed: boolean;
}

/**
 * Finds the site, devices and channels that a header names, and creates those that are missing. Until the transaction
 * ends nobody else changes or deletes them: rows must not follow the removal of their channel.
 * The header's serial numbers name the devices; the folder names the site.
 * @param slug name of the site's folder
 * @param timeZone of a site that is created
 * @throws CodedError IMPORT_DEVICES_UNKNOWN where the import policy is to create none
 */
export async function registerHeader(
  manager: EntityManager,
  slug: string,
  timeZone: string,
  header: MeterFileHeader,
): Promise<CatalogueEntry> {
  const known = await selectKnownHeader(manager, slug, header);
  if (known !== undefined) return { ...known, changed: { sites: [], devices: [], channels: [] } };
  const serials = serialsOf(header);
  await checkDevices(manager, slug, serials);
  const site = await registerSite(manager, slug, timeZone);
  const devices = await registerDevices(manager, site, serials);
  const channels: (CatalogueChannel & { changed: boolean })[] = [];
  for (const channel of header.channels) {
    const device = devices.find((candidate) => candidate.pushed.serial === channel.deviceSerial);
    if (device === undefined) throw new Error(`the header names no device ${channel.deviceSerial}`);
    const { id, uid, name, quantity, changed } = await registerChannel(manager, device, channel);
    const pushed = { ...describeChannel(channel), name, quantity, id: uid, deviceId: device.uid };
    channels.push({ id, pushed, changed });
  }
  return {
    site: site.pushed,
    devices: devices.map((device) => device.pushed),
    channels: channels.map(({ id, pushed }) => ({ id, pushed })),
    changed: { sites: onlyChanged([site]), devices: onlyChanged(devices), channels: onlyChanged(channels) },
  };
}

function onlyChanged<T>(entities: readonly { changed: boolean; pushed: T }[]): T[] {
  return entities.filter(({ changed }) => changed).map(({ pushed }) => pushed);
}

/**
 * Finds or creates the site of a folder in which no meter file lies yet. The zone is an assumption: the first file corrects it.
 * @returns the site when it was created just now
 */
export async function registerEmptySite(
  manager: EntityManager,
  slug: string,
  timeZone: string,
): Promise<PushedSite | undefined> {
  const site = await registerSite(manager, slug, timeZone, true);
  return site.changed ? site.pushed : undefined;
}

/** The row that is there is locked, and stays as it is; but an assumed zone gives way to that of a file. */
async function registerSite(manager: EntityManager, slug: string, timeZone: string, assumed = false) {
  const inserted: unknown[] = await manager.query(
    `INSERT INTO monitoring.site (uid, slug, name, time_zone, time_zone_assumed) VALUES ($1, $2, $2, $3, $4)
     ON CONFLICT (slug) DO UPDATE SET time_zone = excluded.time_zone, time_zone_assumed = false
       WHERE site.time_zone_assumed AND NOT excluded.time_zone_assumed RETURNING id`,
    [uuid(), slug, timeZone, assumed],
  );
  const site = only<{ id: number; uid: string; name: string; timeZone: string }>(
    await manager.query(
      `SELECT id, uid, name, time_zone AS "timeZone" FROM monitoring.site WHERE slug = $1`,
      [slug],
    ),
  );
  const pushed: PushedSite = { id: site.uid, slug, name: site.name, timeZone: site.timeZone };
  return { id: site.id, uid: site.uid, changed: inserted.length > 0, pushed };
}

/** The master first, each once. */
function serialsOf(header: MeterFileHeader): string[] {
  return [...new Set([header.masterSerial, ...header.channels.map((channel) => channel.deviceSerial)])];
}

async function registerDevices(
  manager: EntityManager,
  site: { id: number; uid: string },
  serials: readonly string[],
) {
  const devices: (Row & { pushed: PushedDevice })[] = [];
  for (const serial of serials) {
    const master = devices[0];
    const row = await registerDevice(manager, site.id, serial, master?.id ?? null);
    const pushed = { id: row.uid, siteId: site.uid, serial, masterId: master?.uid ?? null };
    devices.push({ ...row, pushed });
  }
  return devices;
}

/** A module hangs where the newest file says, unless it was moved in the portal. */
async function registerDevice(
  manager: EntityManager,
  siteId: number,
  serial: string,
  masterId: number | null,
) {
  const changed: Row[] = await manager.query(
    `INSERT INTO monitoring.device (uid, site_id, serial, master_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (site_id, serial) DO UPDATE SET master_id = excluded.master_id
       WHERE device.moved_at IS NULL AND device.master_id IS DISTINCT FROM excluded.master_id
     RETURNING id, uid, true AS changed`,
    [uuid(), siteId, serial, masterId],
  );
  if (changed.length > 0) return only(changed);
  return only<Row>(
    await manager.query(
      `SELECT id, uid, false AS changed FROM monitoring.device WHERE site_id = $1 AND serial = $2`,
      [siteId, serial],
    ),
  );
}

/**
 * The name follows the newest file, as installers rename channels at the meter, unless it was changed in the portal; so
 * does the quantity.
 */
async function registerChannel(manager: EntityManager, device: { id: number }, channel: MeterChannel) {
  const { label, unit, name, quantity } = describeChannel(channel);
  const changed: (Row & Described)[] = await manager.query(
    `INSERT INTO monitoring.channel (uid, device_id, label, unit, name, meter_name, quantity)
     VALUES ($1, $2, $3, $4, $5, $5, $6)
     ON CONFLICT (device_id, label, unit) DO UPDATE SET meter_name = excluded.meter_name,
         name = CASE WHEN channel.renamed_at IS NULL THEN excluded.name ELSE channel.name END,
         quantity = CASE WHEN channel.quantity_set_at IS NULL THEN excluded.quantity ELSE channel.quantity END
       WHERE channel.meter_name <> excluded.meter_name
         OR (channel.quantity_set_at IS NULL AND channel.quantity <> excluded.quantity)
         OR (channel.renamed_at IS NULL AND channel.name <> excluded.name)
     RETURNING id, uid, name, quantity, true AS changed`,
    [uuid(), device.id, label, unit, name, quantity],
  );
  if (changed.length > 0) return only(changed);
  return only<Row & Described>(
    await manager.query(
      `SELECT id, uid, name, quantity, false AS changed FROM monitoring.channel
       WHERE device_id = $1 AND label = $2 AND unit = $3`,
      [device.id, label, unit],
    ),
  );
}

function describeChannel({ label, unit, name, quantity }: MeterChannel) {
  return { label, unit, name, quantity };
}

function only<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('the row was removed in between');
  return row;
}
