import type { Client } from 'pg';

/** How much a site has measured. */
export interface SiteSize {
  channels: number;
  days: number;
}

const channelsPerDevice = 10;
/** Rows of one statement: one channel's month. */
const stepDays = 31;

/**
 * Makes a site with a sample a minute on each channel, compressed and rolled up as it would be after so long.
 * @returns its uid
 */
export async function fillSite(
  client: Client,
  { channels, days }: SiteSize,
  say: (line: string) => void,
): Promise<string> {
  const uid = await insertCatalogue(client, channels);
  for (let age = days; age > 0; age -= stepDays) {
    await insertMeasurements(client, age, Math.max(age - stepDays, 0));
    say(`  ${days - age + Math.min(stepDays, age)} of ${days} days`);
  }
  say('refreshing the rollups …');
  for (const rollup of ['measurement_15min', 'measurement_hourly']) {
    await client.query(`CALL refresh_continuous_aggregate('monitoring.${rollup}', NULL, NULL)`);
  }
  say('compressing …');
  await client.query(
    `SELECT compress_chunk(chunk, true)
     FROM show_chunks('monitoring.measurement', older_than => INTERVAL '7 days') AS chunk`,
  );
  await client.query('VACUUM ANALYZE');
  return uid;
}

async function insertCatalogue(client: Client, channels: number): Promise<string> {
  const { rows } = await client.query<{ uid: string }>(
    `INSERT INTO monitoring.site (uid, slug, name, time_zone)
     VALUES (gen_random_uuid(), 'bench', 'Bench', 'Europe/Paris') RETURNING uid`,
  );
  await client.query(
    `INSERT INTO monitoring.device (uid, site_id, serial)
     SELECT gen_random_uuid(), site.id, lpad(i::text, 8, '0') FROM monitoring.site, generate_series(1, $1::int) AS i`,
    [Math.ceil(channels / channelsPerDevice)],
  );
  await client.query(
    `INSERT INTO monitoring.channel (uid, device_id, label, unit, name, quantity)
     SELECT gen_random_uuid(), device.id, 'Ch' || i, 'W', 'Voie' || i, 'power'
     FROM monitoring.device, generate_series(1, $1::int) AS i`,
    [channelsPerDevice],
  );
  return rows[0]?.uid ?? '';
}

/** A load with days, nights and weeks. */
async function insertMeasurements(client: Client, fromAge: number, toAge: number): Promise<void> {
  await client.query(
    `INSERT INTO monitoring.measurement (channel_id, time, value)
     SELECT channel.id, time, round((500 + 40 * channel.id + 300 * sin(extract(epoch FROM time) / 13751)
       + CASE WHEN extract(isodow FROM time) < 6 THEN 200 ELSE 0 END + 50 * random())::numeric, 1)
     FROM monitoring.channel,
       generate_series(date_trunc('hour', now()) - make_interval(days => $1),
         date_trunc('hour', now()) - make_interval(days => $2) - INTERVAL '1 second', INTERVAL '1 minute') AS time`,
    [fromAge, toAge],
  );
}
