import type { DataSource } from 'typeorm';

/** A channel that a bill may count; `family` says towards what. */
export interface LoadCandidate {
  /** Key of `monitoring.measurement`. */
  key: number;
  id: string;
  deviceSerial: string;
  name: string;
  unit: string;
  family: 'active' | 'reactive' | 'apparent';
  kind: 'power' | 'register';
  /** What a value is multiplied by: 0.001 for W. */
  kilo: number;
  /** Its label or name says total. */
  isTotal: boolean;
  /** Null where it was not set: it is read off the data. */
  samplePeriodSeconds: number | null;
  /** First and last sample of all that it ever measured, epoch milliseconds; Infinity and -Infinity without any. */
  firstMs: number;
  lastMs: number;
}

const knownUnits = `(VALUES
  ('mW', 'active', 'power', 1e-6), ('W', 'active', 'power', 1e-3), ('kW', 'active', 'power', 1),
  ('MW', 'active', 'power', 1e3), ('Wh', 'active', 'register', 1e-3), ('kWh', 'active', 'register', 1),
  ('MWh', 'active', 'register', 1e3), ('VA', 'apparent', 'power', 1e-3), ('kVA', 'apparent', 'power', 1),
  ('MVA', 'apparent', 'power', 1e3), ('var', 'reactive', 'power', 1e-3), ('VAr', 'reactive', 'power', 1e-3),
  ('VAR', 'reactive', 'power', 1e-3), ('kvar', 'reactive', 'power', 1), ('kVAr', 'reactive', 'power', 1),
  ('kVAR', 'reactive', 'power', 1)) AS known (unit, family, kind, kilo)`;

const edgeOf = (name: string, order: 'ASC' | 'DESC') =>
  `LEFT JOIN LATERAL (SELECT date_part('epoch', time) * 1000 AS ms FROM monitoring.measurement
     WHERE channel_id = channel.id ORDER BY measurement.time ${order} LIMIT 1) AS ${name} ON true`;

/** The channels of a site that measure power or energy. */
export function selectLoadCandidates(dataSource: DataSource, siteUid: string): Promise<LoadCandidate[]> {
  return dataSource.query(
    `SELECT channel.id AS key, channel.uid AS id, device.serial AS "deviceSerial",
       coalesce(nullif(channel.name, ''), channel.label) AS name, unit, family, kind, kilo::float8 AS kilo,
       channel.label || ' ' || channel.name
         ~* '(^|[^[:alpha:]])(tot|total|totale|sum|somme|summe|gesamt)([^[:alpha:]]|$)' AS "isTotal",
       sample_period_seconds AS "samplePeriodSeconds",
       coalesce(first.ms, 'Infinity') AS "firstMs", coalesce(last.ms, '-Infinity') AS "lastMs"
     FROM monitoring.site JOIN monitoring.device ON device.site_id = site.id
       JOIN monitoring.channel ON channel.device_id = device.id JOIN ${knownUnits} USING (unit)
       ${edgeOf('first', 'ASC')} ${edgeOf('last', 'DESC')}
     WHERE site.uid = $1 ORDER BY device.serial, channel.id`,
    [siteUid],
  );
}

/** A stored sample, time in epoch milliseconds. */
export interface Sample {
  time: number;
  value: number;
}

/** 2000, from which PostgreSQL counts microseconds. */
const postgresEpochMs = Date.UTC(2000, 0, 1);
const sampleBytes = 16;

/**
 * Gives the samples in `[from, to)` to `take`, ascending, times in epoch milliseconds. The database packs them as it
 * would send them in binary, which keeps every bit of the values: as rows they take several times as long to read.
 */
export async function readWindow(
  dataSource: DataSource,
  channelKey: number,
  [from, to]: readonly [Date, Date],
  take: (time: number, value: number) => void,
): Promise<void> {
  const rows: { packed: Buffer | null }[] = await dataSource.query(
    `SELECT string_agg(timestamptz_send(time) || float8send(value), '' ORDER BY time) AS packed
     FROM monitoring.measurement WHERE channel_id = $1 AND time >= $2 AND time < $3`,
    [channelKey, from, to],
  );
  const packed = rows[0]?.packed ?? Buffer.alloc(0);
  for (let at = 0; at < packed.length; at += sampleBytes) {
    const microseconds = packed.readInt32BE(at) * 2 ** 32 + packed.readUInt32BE(at + 4);
    take(postgresEpochMs + microseconds / 1_000, packed.readDoubleBE(at + 8));
  }
}

/** The nearest sample in `[from, to)`, seen from its end or from its start. */
export async function selectNearest(
  dataSource: DataSource,
  channelKey: number,
  from: Date,
  to: Date,
  order: 'first' | 'last',
): Promise<Sample | undefined> {
  const rows: Sample[] = await dataSource.query(
    `SELECT date_part('epoch', time) * 1000 AS time, value FROM monitoring.measurement
     WHERE channel_id = $1 AND time >= $2 AND time < $3
     ORDER BY measurement.time ${order === 'first' ? 'ASC' : 'DESC'} LIMIT 1`,
    [channelKey, from, to],
  );
  return rows[0];
}

/** Usual distance of the samples in `[from, to)`, by the first of them; null where there are less than two. */
export async function selectUsualPeriod(
  dataSource: DataSource,
  channelKey: number,
  from: Date,
  to: Date,
): Promise<number | null> {
  const rows: { seconds: number | null }[] = await dataSource.query(
    `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM (
       SELECT date_part('epoch', time - lag(time) OVER (ORDER BY time)) AS seconds FROM (
         SELECT time FROM monitoring.measurement WHERE channel_id = $1 AND time >= $2 AND time < $3
         ORDER BY time LIMIT 500) AS sample) AS step`,
    [channelKey, from, to],
  );
  return rows[0]?.seconds ?? null;
}
