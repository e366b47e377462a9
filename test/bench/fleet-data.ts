import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** How large the fleet is. */
export interface FleetSize {
  customers: number;
  channelsPerCustomer: number;
  days: number;
}

const hourMs = 3_600_000;

/** Registers the customers and gives them a past: hourly samples, and a push a minute on the last day. */
export async function fillFleet(
  client: Client,
  size: FleetSize,
  say: (line: string) => void,
): Promise<number> {
  await insertCatalogue(client, size);
  const rows = await copyMeasurements(client, size);
  say(`  ${(rows / 1e6).toFixed(1)}M measurements`);
  await insertPushes(client);
  await client.query(`UPDATE fleet.customer SET measurement_count = $1::bigint / $2`, [rows, size.customers]);
  return rows;
}

async function insertCatalogue(client: Client, { customers, channelsPerCustomer }: FleetSize): Promise<void> {
  // One in ten of each is late, stale, rejecting, or has never connected.
  await client.query(
    `INSERT INTO fleet.customer (uid, code, name, last_contact_at, last_accepted_at, newest_data_at, last_rejected_at,
       backlog_batches, stack_version)
     SELECT gen_random_uuid(), 'BENCH' || lpad(i::text, 5, '0'), 'Customer ' || md5(i::text),
       CASE WHEN i % 10 <> 3 THEN now() - make_interval(secs => i % 60 + (i % 10 = 0)::int * 900) END,
       CASE WHEN i % 10 <> 3 THEN now() - make_interval(secs => i % 60 + (i % 10 = 0)::int * 900) END,
       CASE WHEN i % 10 <> 3 THEN now() - make_interval(secs => i % 60, hours => (i % 10 = 1)::int * 72) END,
       CASE WHEN i % 10 = 2 THEN now() END, i % 7, '2.0.' || i % 5
     FROM generate_series(1, $1::int) AS i`,
    [customers],
  );
  await client.query(
    `INSERT INTO fleet.customer_token (id, customer_id, name, prefix, sha256)
     SELECT gen_random_uuid(), id, 'first token', 'wf_bench', decode(md5(id::text), 'hex') FROM fleet.customer`,
  );
  await client.query(
    `INSERT INTO fleet.site (customer_id, uid, slug, name, time_zone)
     SELECT id, gen_random_uuid(), 'site', 'Site', 'Europe/Paris' FROM fleet.customer`,
  );
  await client.query(
    `INSERT INTO fleet.device (customer_id, uid, site_uid, serial)
     SELECT customer_id, gen_random_uuid(), uid, lpad(i::text, 8, '0')
     FROM fleet.site, generate_series(1, $1::int) AS i`,
    [Math.ceil(channelsPerCustomer / 10)],
  );
  await client.query(
    `INSERT INTO fleet.channel (customer_id, uid, device_uid, label, name, unit, quantity)
     SELECT customer_id, gen_random_uuid(), uid, 'Ch' || i, 'Voie' || i, CASE WHEN i <= 3 THEN 'V' ELSE 'W' END, ''
     FROM fleet.device, generate_series(1, least(10, $1::int)) AS i`,
    [channelsPerCustomer],
  );
}

/** @returns how many rows were written */
async function copyMeasurements(client: Client, { days }: FleetSize): Promise<number> {
  const { rows: channels } = await client.query<{ customer: number; channel: number }>(
    'SELECT customer_id AS customer, id AS channel FROM fleet.channel ORDER BY 1, 2',
  );
  const end = Math.floor(Date.now() / hourMs) * hourMs;
  const times = Array.from({ length: days * 24 }, (_, hour) => new Date(end - hour * hourMs).toISOString());
  const copy = client.query(
    copyFrom('COPY fleet.measurement (customer_id, channel_id, time, value) FROM STDIN'),
  );
  for (const { customer, channel } of channels) {
    const lines = times.map((time, hour) => `${customer}\t${channel}\t${time}\t${(channel + hour) % 1000}\n`);
    if (!copy.write(lines.join(''))) await once(copy, 'drain');
  }
  copy.end();
  await finished(copy);
  return channels.length * times.length;
}

async function insertPushes(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO fleet.ingest_event (received_at, customer_id, outcome, type, code, rows_received, rows_accepted,
       rows_rejected, bytes, duration_ms, lag_seconds)
     SELECT now() - make_interval(mins => minute) + make_interval(secs => id % 60), id,
       CASE WHEN (id + minute) % 97 = 0 THEN 'refused' ELSE 'accepted' END, 'measurements',
       CASE WHEN (id + minute) % 97 = 0 THEN 'INGEST_BATCH_INVALID' END, 50, 49, 1, 200, 3.5, 30
     FROM fleet.customer, generate_series(1, 1440) AS minute WHERE id % 10 <> 3`,
  );
}
