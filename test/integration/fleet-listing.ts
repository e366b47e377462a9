import type { DataSource } from 'typeorm';

/** A line for every measurement, named as people name it, so that both sides can be compared. */
const listing = (schema: string, join: string) => `
  SELECT site.slug || ' ' || device.serial || ' ' || channel.label || ' ' || channel.name || ' ' || channel.unit
    || ' ' || coalesce(master.serial, '-') || ' ' || site.time_zone || ' ' || time || ' ' || value AS row
  FROM ${schema}.measurement AS stored JOIN ${schema}.channel ON channel.id = stored.channel_id
    JOIN ${schema}.device ON ${join}`;

/** Sorted. */
export async function portalRows(portal: DataSource): Promise<string[]> {
  const rows: { row: string }[] = await portal.query(
    `${listing('monitoring', 'device.id = channel.device_id')}
       LEFT JOIN monitoring.device AS master ON master.id = device.master_id
       JOIN monitoring.site ON site.id = device.site_id ORDER BY 1`,
  );
  return rows.map(({ row }) => row);
}

/** Sorted. Of all customers. */
export async function fleetRows(admin: DataSource): Promise<string[]> {
  const rows: { row: string }[] = await admin.query(
    `${listing('fleet', 'device.uid = channel.device_uid AND device.customer_id = stored.customer_id')}
       LEFT JOIN fleet.device AS master ON master.uid = device.master_uid AND master.customer_id = stored.customer_id
       JOIN fleet.site ON site.uid = device.site_uid AND site.customer_id = stored.customer_id ORDER BY 1`,
  );
  return rows.map(({ row }) => row);
}
