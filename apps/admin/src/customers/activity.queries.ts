import type { DataSource } from 'typeorm';
import type { CustomerSite, IngestEvent, IngestEventsQuery } from '#libs/contracts';

/** Newest first. Times have microseconds, so that the page that follows begins exactly after the last one. */
export async function selectEvents(
  dataSource: DataSource,
  customerId: number,
  { outcome, problems, code, before, limit }: IngestEventsQuery,
): Promise<IngestEvent[]> {
  return dataSource.query(
    `SELECT to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "receivedAt", outcome, type,
       requests, code, message, rows_received AS "rowsReceived", rows_accepted AS "rowsAccepted",
       rows_duplicate AS "rowsDuplicate", rows_rejected AS "rowsRejected", bytes, duration_ms AS "durationMs",
       sender_version AS "senderVersion"
     FROM fleet.ingest_event
     WHERE customer_id = $1 AND ($2::text[] IS NULL OR outcome = ANY($2)) AND ($3::text IS NULL OR code = $3)
       AND (NOT $4::boolean OR rows_rejected > 0 OR outcome = 'refused')
       AND received_at < coalesce($5::timestamptz, 'infinity')
     ORDER BY received_at DESC LIMIT $6`,
    [customerId, outcome ?? null, code ?? null, problems === 'true', before ?? null, limit],
  );
}

interface ActivityRow {
  /** Epoch milliseconds. */
  time: number;
  rowsAccepted: number;
  rowsRejected: number;
  batches: number;
  refusals: number;
  lagSeconds: number | null;
}

/** @param bucketSeconds a multiple of 300 */
export async function selectActivity(
  dataSource: DataSource,
  customerId: number,
  hours: number,
  bucketSeconds: number,
): Promise<ActivityRow[]> {
  return dataSource.query(
    `SELECT (extract(epoch FROM time_bucket(make_interval(secs => $3), bucket)) * 1000)::float8 AS time,
       sum(rows_accepted)::float8 AS "rowsAccepted", sum(rows_rejected)::float8 AS "rowsRejected",
       sum(batches)::float8 AS batches, coalesce(sum(refusals), 0)::float8 AS refusals,
       (sum(lag_sum) / nullif(sum(lag_count), 0))::float8 AS "lagSeconds"
     FROM fleet.pushes_5min
     WHERE customer_id = $1 AND bucket > now() - make_interval(hours => $2)
     GROUP BY 1 ORDER BY 1`,
    [customerId, hours, bucketSeconds],
  );
}

/** With their devices and channels, each by name. */
export async function selectSites(dataSource: DataSource, customerId: number): Promise<CustomerSite[]> {
  return dataSource.query(
    `SELECT uid AS id, slug, name, time_zone AS "timeZone",
       coalesce((
         SELECT json_agg(json_build_object('id', device.uid, 'serial', serial, 'masterId', master_uid,
           'channels', coalesce((
             SELECT json_agg(json_build_object('id', channel.uid, 'label', label, 'name', channel.name, 'unit', unit,
               'quantity', quantity) ORDER BY channel.id)
             FROM fleet.channel WHERE channel.customer_id = $1 AND device_uid = device.uid), '[]'))
           ORDER BY serial)
         FROM fleet.device WHERE device.customer_id = $1 AND site_uid = site.uid), '[]') AS devices
     FROM fleet.site WHERE customer_id = $1 ORDER BY name, slug`,
    [customerId],
  );
}
