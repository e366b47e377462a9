import type { EntityManager } from 'typeorm';
import type { PushedChannel, PushedDevice, PushedSite } from '#libs/contracts';
import { queryPrepared, type PreparedStatement } from '#libs/database';
import type { MeterFileHeader } from '#libs/meter-files';

/** A header of which everything is in the database as the header says, in the order of its channels. */
export interface KnownHeader {
  site: PushedSite;
  devices: PushedDevice[];
  channels: { id: number; pushed: PushedChannel }[];
}

interface Row {
  siteId: string;
  siteName: string;
  timeZone: string;
  deviceId: string;
  serial: string;
  masterId: string | null;
  key: number;
  id: string;
  name: string;
  quantity: string;
}

/** One statement where there would be two for each channel. What is found is locked as an update would lock it. */
const statement: PreparedStatement = {
  name: 'known-header',
  text: `SELECT site.uid AS "siteId", site.name AS "siteName", site.time_zone AS "timeZone", device.uid AS "deviceId",
       device.serial, master.uid AS "masterId", channel.id AS key, channel.uid AS id, channel.name, channel.quantity
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY
         AS named (serial, label, unit, name, quantity, place)
       JOIN monitoring.site ON slug = $1
       JOIN monitoring.device ON device.site_id = site.id AND device.serial = named.serial
       LEFT JOIN monitoring.device AS master
         ON master.site_id = site.id AND master.serial = $2 AND named.serial <> $2
       JOIN monitoring.channel ON device_id = device.id AND channel.label = named.label AND channel.unit = named.unit
     WHERE NOT site.time_zone_assumed AND (device.moved_at IS NOT NULL OR device.master_id IS NOT DISTINCT FROM master.id)
       AND channel.meter_name = named.name
       AND (channel.quantity_set_at IS NOT NULL OR channel.quantity = named.quantity)
       AND (channel.renamed_at IS NOT NULL OR channel.name = named.name)
     ORDER BY place FOR NO KEY UPDATE OF site, device, channel`,
};

/** @returns undefined where something of it is new or has changed */
export async function selectKnownHeader(
  manager: EntityManager,
  slug: string,
  { masterSerial, channels }: MeterFileHeader,
): Promise<KnownHeader | undefined> {
  const column = (pick: (channel: (typeof channels)[number]) => string) => channels.map(pick);
  const rows = await queryPrepared<Row>(manager, statement, [
    slug,
    masterSerial,
    column(({ deviceSerial }) => deviceSerial),
    column(({ label }) => label),
    column(({ unit }) => unit),
    column(({ name }) => name),
    column(({ quantity }) => quantity),
  ]);
  const [first] = rows;
  const knowsMaster = rows.some(({ serial }) => serial === masterSerial);
  if (first === undefined || rows.length < channels.length || !knowsMaster) return undefined;
  const { siteId: id, siteName: name, timeZone } = first;
  return {
    site: { id, slug, name, timeZone },
    devices: [...new Map(rows.map((row) => [row.deviceId, deviceOf(row)])).values()],
    channels: rows.map((row, index) => {
      const { label = '', unit = '' } = channels[index] ?? {};
      const { id: channelId, deviceId, quantity } = row;
      return { id: row.key, pushed: { id: channelId, deviceId, label, unit, name: row.name, quantity } };
    }),
  };
}

function deviceOf({ deviceId, siteId, serial, masterId }: Row): PushedDevice {
  return { id: deviceId, siteId, serial, masterId };
}
