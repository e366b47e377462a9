import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';

const channels = [
  ['U1', '', 'V', 230],
  ['U2', '', 'V', 236],
  ['Ch1', 'Ph 1', 'W', 1_000],
  ['Ch2', 'Ph 2', 'W', 2_000],
  ['Ch3', 'Voie3', 'kW', 1.5],
] as const;

const registers = [['E1', 'gesamt', 'kWh', 0]] as const;

/** Samples are ten minutes apart. */
const periodSeconds = 600;

export interface MeasuredSites {
  north: string;
  /** Far from a full hour of UTC, and measured by a register. */
  kathmandu: string;
  /** Has no device. */
  empty: string;
  newest: Date;
}

/**
 * Three sites with so many days of samples up to `newest`, of which six hours are missing, and of one channel five hours more
 * every day until six days before; and runs with files.
 */
export async function insertMeasuredSites(
  dataSource: DataSource,
  newest: Date,
  days: number,
): Promise<MeasuredSites> {
  return dataSource.transaction(async (manager) => {
    const north = await insertSite(manager, 'north', 'Europe/Paris');
    const kathmandu = await insertSite(manager, 'kathmandu', 'Asia/Kathmandu');
    const empty = await insertSite(manager, 'empty', 'UTC');
    await insertDevice(manager, north, '02001084', channels);
    await insertDevice(manager, kathmandu, '02003107', registers);
    await insertSamples(manager, newest, days);
    await insertImports(manager, newest);
    return { north, kathmandu, empty, newest };
  });
}

async function insertSite(manager: EntityManager, slug: string, timeZone: string): Promise<string> {
  const uid = uuid();
  await manager.query(
    `INSERT INTO monitoring.site (uid, slug, name, time_zone) VALUES ($1, $2, initcap($2), $3)`,
    [uid, slug, timeZone],
  );
  return uid;
}

async function insertDevice(
  manager: EntityManager,
  site: string,
  serial: string,
  described: readonly (readonly [label: string, name: string, unit: string, mean: number])[],
): Promise<void> {
  const [device]: { id: number }[] = await manager.query(
    `INSERT INTO monitoring.device (uid, site_id, serial) SELECT gen_random_uuid(), id, $2 FROM monitoring.site WHERE uid = $1
     RETURNING id`,
    [site, serial],
  );
  for (const [label, name, unit] of described) {
    await manager.query(
      `INSERT INTO monitoring.channel (uid, device_id, label, name, unit, quantity)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, 'unknown')`,
      [device?.id, label, name, unit],
    );
  }
}

/** A wave a day around the mean; registers count on, and begin anew ten days before the end. */
async function insertSamples(manager: EntityManager, newest: Date, days: number): Promise<void> {
  const means = [...channels, ...registers].map(([, , , mean]) => mean);
  await manager.query(
    `INSERT INTO monitoring.measurement (channel_id, time, value)
     SELECT channel.id, time, CASE unit
       WHEN 'kWh' THEN extract(epoch FROM time - CASE WHEN time < $2::timestamptz - INTERVAL '10 days'
         THEN $2::timestamptz - INTERVAL '400 days' ELSE $2::timestamptz - INTERVAL '10 days' END)::float8 / 3600
       ELSE mean * (1 + 0.08 * sin(extract(epoch FROM time)::float8 / 43200 * pi())) END
     FROM (SELECT id, unit, ($1::float8[])[row_number() OVER (ORDER BY id)] AS mean FROM monitoring.channel) AS channel,
       generate_series($2::timestamptz - $3::int * INTERVAL '1 day' + $4::int * INTERVAL '1 second', $2, $4::int * INTERVAL '1 second') AS time
     WHERE time NOT BETWEEN $2::timestamptz - INTERVAL '30 hours' AND $2::timestamptz - INTERVAL '24 hours'
       AND NOT (mean = 2000 AND time < $2::timestamptz - INTERVAL '6 days' AND extract(hour FROM time AT TIME ZONE 'UTC') < 5)`,
    [means, newest, days, periodSeconds],
  );
}

async function insertImports(manager: EntityManager, newest: Date): Promise<void> {
  await manager.query(
    `WITH run AS (
       INSERT INTO monitoring.import_run (id, trigger, started_at, finished_at, unchanged)
       SELECT gen_random_uuid(), 'schedule', $1::timestamptz - hours * INTERVAL '1 hour',
         $1::timestamptz - hours * INTERVAL '1 hour' + INTERVAL '2.5 seconds', 1
       FROM generate_series(1, 100, 7) AS hours RETURNING id, started_at)
     INSERT INTO monitoring.import_file (id, run_id, path, site, device, format, status, error_code, sha256, rows, points,
       rejected_rows, rejected_values, report, imported_at)
     SELECT gen_random_uuid(), id, 'north/02001084/' || started_at || status, 'north', '02001084', 'MV_T302_V002', status,
       CASE status WHEN 'rejected' THEN 'METER_FILE_EMPTY' END, '', 144, 720, 2, 1, '{}', started_at
     FROM run, unnest(ARRAY['imported', 'rejected']) AS status`,
    [newest],
  );
}
