import type { DataSource } from 'typeorm';
import type { ChannelDigest, IngestCatalogue } from '#libs/contracts';
import { measurementDigest } from '#libs/database';

export async function selectCatalogue(dataSource: DataSource, customerId: number): Promise<IngestCatalogue> {
  const [catalogue]: IngestCatalogue[] = await dataSource.query(
    `SELECT array(SELECT uid FROM fleet.site WHERE customer_id = $1) AS sites,
       array(SELECT uid FROM fleet.device WHERE customer_id = $1) AS devices,
       array(SELECT uid FROM fleet.channel WHERE customer_id = $1) AS channels`,
    [customerId],
  );
  return catalogue ?? { sites: [], devices: [], channels: [] };
}

/** @param from inclusive, `to` exclusive; ISO instants */
export function selectDigests(
  dataSource: DataSource,
  customerId: number,
  from: string,
  to: string,
): Promise<ChannelDigest[]> {
  return dataSource.query(
    `SELECT uid AS "channelId", to_char(day, 'YYYY-MM-DD') AS day, count, hash
     FROM (SELECT channel_id, (time AT TIME ZONE 'UTC')::date AS day, ${measurementDigest}
           FROM fleet.measurement WHERE customer_id = $1 AND time >= $2 AND time < $3 GROUP BY 1, 2) AS digest
       JOIN fleet.channel ON channel.id = channel_id AND channel.customer_id = $1`,
    [customerId, from, to],
  );
}
