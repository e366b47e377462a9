import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isPlain, scramVerifier, type Secret } from '#libs/config';
import { ensureCompression, ensureRollup, timescaleLicence, type Rollup } from '#libs/database';

/** What a meter file brings of last week is on the charts a minute later; nothing is computed where nothing changed. */
const every = '1 minute';

function rollup(name: string, width: string): Rollup {
  return {
    name,
    select: `SELECT channel_id, time_bucket(INTERVAL '${width}', time) AS bucket, count(*) AS count, avg(value) AS avg,
               min(value) AS min, max(value) AS max, first(value, time) AS first, last(value, time) AS last
             FROM monitoring.measurement GROUP BY 1, 2`,
    refresh: { endOffset: width, every },
  };
}

/** 15 minutes, because the offset of every time zone is a multiple of it; hours for long ranges. */
const rollups = [
  rollup('monitoring.measurement_15min', '15 minutes'),
  rollup('monitoring.measurement_hourly', '1 hour'),
];

/** Makes rollups, compression and Grafana's read-only role, idempotently, at every start. */
export async function prepareMeasurements(
  dataSource: DataSource,
  log: (line: string) => void,
  readerPassword: Secret | undefined,
): Promise<void> {
  const licence = await timescaleLicence(dataSource);
  for (const one of rollups) await ensureRollup(dataSource, one, licence);
  await ensureCompression(
    dataSource,
    { hypertable: 'monitoring.measurement', segmentBy: 'channel_id', orderBy: 'time DESC', after: '7 days' },
    licence,
  );
  if (licence === 'apache') {
    log('WARNING: TimescaleDB runs with its Apache licence: rollups are plain views, nothing is compressed');
  }
  await ensureGrafanaReader(dataSource, readerPassword);
  log('TimescaleDB hypertable for monitoring.measurement is ready');
}

const readable = ['site', 'device', 'channel', 'measurement', 'measurement_15min', 'measurement_hourly'].map(
  (name) => `monitoring.${name}`,
);

/** Grafana may read the catalogue, measurements and rollups: no account, no session, no outbox. */
async function ensureGrafanaReader(dataSource: DataSource, password: Secret | undefined): Promise<void> {
  const known: unknown[] = await dataSource.query(`SELECT 1 FROM pg_roles WHERE rolname = 'grafana_reader'`);
  if (known.length === 0) await dataSource.query('CREATE ROLE grafana_reader NOLOGIN');
  await dataSource.query('GRANT USAGE ON SCHEMA monitoring TO grafana_reader');
  await grantReading(dataSource);
  if (password === undefined) return;
  // As a verifier, where it can be made: what the server logs of the statement is then no password.
  const plain = password.reveal();
  const shown = isPlain(plain) ? await scramVerifier(plain) : plain;
  // ALTER ROLE takes no parameters; format() quotes the literal on the server.
  const [statement]: { sql: string }[] = await dataSource.query(
    `SELECT format('ALTER ROLE grafana_reader LOGIN PASSWORD %L', $1::text) AS sql`,
    [shown],
  );
  await dataSource.query(statement?.sql ?? '');
}

/**
 * Grants what is not granted yet. On a hypertable it touches every chunk, and so does TimescaleDB's scheduler, which
 * the policies made a moment ago have woken: of two that change the catalogue's row of a chunk, one fails.
 */
async function grantReading(dataSource: DataSource): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const missing: { name: string }[] = await dataSource.query(
      `SELECT name FROM unnest($1::text[]) AS name WHERE NOT has_table_privilege('grafana_reader', name, 'SELECT')`,
      [readable],
    );
    if (missing.length === 0) return;
    try {
      await dataSource.query(
        `GRANT SELECT ON ${missing.map(({ name }) => name).join(', ')} TO grafana_reader`,
      );
    } catch (error) {
      const isBusy = error instanceof Error && error.message === 'tuple concurrently updated';
      if (!isBusy || attempt === 10) throw error;
      await setTimeout(100 * attempt);
    }
  }
}
