import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** A channel with its samples: the value of each step from `from` up to and without `to`. */
export interface MeasuredChannel {
  label: string;
  unit: string;
  serial?: string;
  stepSeconds: number;
  from: string;
  to: string;
  /** SQL of the value at `time`. */
  value: string;
  samplePeriodSeconds?: number;
}

/** Writes a site with its channels and samples. @returns the id of the site */
export async function writeSite(
  dataSource: DataSource,
  slug: string,
  timeZone: string,
  channels: readonly MeasuredChannel[],
): Promise<string> {
  const id = randomUUID();
  await dataSource.query(`INSERT INTO monitoring.site (uid, slug, name, time_zone) VALUES ($1, $2, $3, $4)`, [
    id,
    slug,
    `Site ${slug}`,
    timeZone,
  ]);
  for (const channel of channels) await writeChannel(dataSource, slug, channel);
  return id;
}

async function writeChannel(dataSource: DataSource, slug: string, channel: MeasuredChannel): Promise<void> {
  const { label, unit, serial = '0001', stepSeconds, from, to, value, samplePeriodSeconds = null } = channel;
  await dataSource.query(
    `INSERT INTO monitoring.device (uid, site_id, serial)
     SELECT gen_random_uuid(), id, $2 FROM monitoring.site WHERE slug = $1 ON CONFLICT DO NOTHING`,
    [slug, serial],
  );
  const [row]: { id: number }[] = await dataSource.query(
    `INSERT INTO monitoring.channel (uid, device_id, label, unit, name, quantity, sample_period_seconds)
     SELECT gen_random_uuid(), device.id, $3, $4, $3, 'power', $5
     FROM monitoring.device JOIN monitoring.site ON site.id = site_id WHERE slug = $1 AND serial = $2
     RETURNING id`,
    [slug, serial, label, unit, samplePeriodSeconds],
  );
  await dataSource.query(
    `INSERT INTO monitoring.measurement (channel_id, time, value) SELECT $1, time, ${value}
     FROM generate_series($2::timestamptz, $3::timestamptz - INTERVAL '1 microsecond', make_interval(secs => $4)) AS time`,
    [row?.id, from, to, stepSeconds],
  );
}
