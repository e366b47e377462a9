import type { DataSource } from 'typeorm';
import type { FleetOverview } from '#libs/contracts';

type Energy = FleetOverview['energy'];

/** Share of a day's hours that must have data for the day to be called complete. */
const completeShare = 0.9;

/**
 * The rule of docs/explanation/fleet-energy.md. Of every device the best kind of channel counts, and of that kind all:
 * power called total, else all power, else registers called total, else all registers.
 */
const countedChannels = `
  SELECT * FROM (
    SELECT customer_id, channel.id, kind, kilo, dense_rank() OVER (
      PARTITION BY customer_id, device_uid
      ORDER BY kind = 'power' DESC, label || ' ' || name ~* '(^|[^[:alpha:]])(tot|total|totale|sum|somme|summe|gesamt)([^[:alpha:]]|$)' DESC
    ) AS choice
    FROM fleet.channel JOIN (VALUES ('mW', 'power', 1e-6), ('W', 'power', 1e-3), ('kW', 'power', 1), ('MW', 'power', 1e3),
      ('Wh', 'register', 1e-3), ('kWh', 'register', 1), ('MWh', 'register', 1e3)) AS known (unit, kind, kilo) USING (unit)
    WHERE customer_id = ANY($1)
  ) AS ranked WHERE choice = 1`;

/** Nothing older is taken in. */
const beforeAllData = `'1999-12-31'::date`;

/** A register that has fallen was reset: what it had counted until then, and what it has counted since. */
const registerEnergy = `CASE WHEN last >= base THEN last - base ELSE greatest(max - base, 0) + last END`;

/**
 * Computes the energy of the customers on the days of the window anew.
 * @param windowDays UTC days up to and with today; 0 for all
 */
export async function computeEnergy(
  dataSource: DataSource,
  customerIds: readonly number[],
  windowDays: number,
): Promise<void> {
  const first = `CASE WHEN $2 = 0 THEN ${beforeAllData} ELSE (now() AT TIME ZONE 'UTC')::date - $2::int + 1 END`;
  await dataSource.query(
    `WITH counted AS MATERIALIZED (${countedChannels}),
     daily AS (
       SELECT daily.customer_id, (bucket AT TIME ZONE 'UTC')::date AS day, kind, kilo, hours, hourly_avg_sum, last, max,
         CASE WHEN lag(bucket) OVER earlier = bucket - INTERVAL '1 day' THEN lag(last) OVER earlier ELSE first END AS base
       FROM fleet.daily_per_channel AS daily JOIN counted ON counted.id = channel_id
       WHERE daily.customer_id = ANY($1) AND bucket >= (${first})::timestamp AT TIME ZONE 'UTC' - INTERVAL '1 day'
       WINDOW earlier AS (PARTITION BY channel_id ORDER BY bucket)),
     fresh AS (
       SELECT customer_id, day,
         sum(kilo * CASE kind WHEN 'power' THEN hourly_avg_sum ELSE ${registerEnergy} END)::float8 AS energy_kwh,
         sum(hours)::int AS covered_hours,
         (SELECT count(*)::int FROM counted WHERE counted.customer_id = daily.customer_id) AS channels
       FROM daily WHERE day >= ${first} GROUP BY 1, 2),
     gone AS (
       DELETE FROM fleet.daily_energy AS old WHERE customer_id = ANY($1) AND day >= ${first}
         AND NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.customer_id = old.customer_id AND fresh.day = old.day))
     INSERT INTO fleet.daily_energy AS old (customer_id, day, energy_kwh, covered_hours, channels)
     SELECT customer_id, day, energy_kwh, covered_hours, channels FROM fresh
     ON CONFLICT (customer_id, day) DO UPDATE SET energy_kwh = excluded.energy_kwh,
         covered_hours = excluded.covered_hours, channels = excluded.channels
       WHERE (old.energy_kwh, old.covered_hours, old.channels)
         IS DISTINCT FROM (excluded.energy_kwh, excluded.covered_hours, excluded.channels)`,
    [customerIds, windowDays],
  );
}

/** The widest window whose time has come; the later of the list are the wider ones. */
export async function selectDueWindow(
  dataSource: DataSource,
  sweeps: readonly { windowDays: number; everyMinutes: number }[],
): Promise<{ windowDays: number; ranAt: Date | null; startedAt: Date } | undefined> {
  const rows: { windowDays: number; ranAt: Date | null; startedAt: Date }[] = await dataSource.query(
    `SELECT window_days AS "windowDays", ran_at AS "ranAt", now() AS "startedAt"
     FROM unnest($1::int[], $2::int[]) WITH ORDINALITY AS sweep (window_days, every_minutes, position)
       LEFT JOIN fleet.energy_sweep USING (window_days)
     WHERE coalesce(ran_at, '-infinity') <= now() - make_interval(mins => every_minutes)
     ORDER BY position DESC LIMIT 1`,
    [sweeps.map(({ windowDays }) => windowDays), sweeps.map(({ everyMinutes }) => everyMinutes)],
  );
  return rows[0];
}

/** Customers that have pushed since; two hours more, as rollups follow late rows with some delay. */
export async function selectChangedCustomers(dataSource: DataSource, since: Date | null): Promise<number[]> {
  const rows: { id: number }[] = await dataSource.query(
    `SELECT id FROM fleet.customer
     WHERE $1::timestamptz IS NULL OR last_accepted_at > $1::timestamptz - INTERVAL '2 hours' ORDER BY id`,
    [since],
  );
  return rows.map(({ id }) => id);
}

export async function recordSweep(
  dataSource: DataSource,
  windowDays: readonly number[],
  at: Date,
): Promise<void> {
  await dataSource.query(
    `INSERT INTO fleet.energy_sweep (window_days, ran_at) SELECT unnest($1::int[]), $2
     ON CONFLICT (window_days) DO UPDATE SET ran_at = excluded.ran_at`,
    [windowDays, at],
  );
}

export async function selectComputedAt(dataSource: DataSource): Promise<string | null> {
  const [row]: { at: Date | null }[] = await dataSource.query(
    `SELECT max(ran_at) AS at FROM fleet.energy_sweep`,
  );
  return row?.at?.toISOString() ?? null;
}

/** Of today only the hours that have begun are expected. */
export async function selectEnergyDays(dataSource: DataSource): Promise<Energy['days']> {
  return dataSource.query(
    `SELECT day::text, sum(energy_kwh) AS "energyKwh", count(*)::int AS customers,
       least(1, sum(covered_hours) / nullif(sum(channels), 0)::float8 / CASE
         WHEN day < (now() AT TIME ZONE 'UTC')::date THEN 24
         ELSE extract(hour FROM now() AT TIME ZONE 'UTC')::float8 + 1 END) AS coverage
     FROM fleet.daily_energy
     WHERE day > (now() AT TIME ZONE 'UTC')::date - 30 AND day <= (now() AT TIME ZONE 'UTC')::date
     GROUP BY day ORDER BY day`,
  );
}

/** By kWh, largest first; a day is compared with at least three complete ones. */
export async function selectBiggestChanges(dataSource: DataSource): Promise<Energy['biggestChanges']> {
  return dataSource.query(
    `WITH complete AS (
       SELECT customer_id, day, energy_kwh FROM fleet.daily_energy
       WHERE day BETWEEN (now() AT TIME ZONE 'UTC')::date - 14 AND (now() AT TIME ZONE 'UTC')::date - 1
         AND covered_hours >= ${completeShare} * 24 * channels),
     latest AS (
       SELECT DISTINCT ON (customer_id) customer_id, day, energy_kwh FROM complete
       WHERE day >= (now() AT TIME ZONE 'UTC')::date - 7 ORDER BY customer_id, day DESC),
     compared AS (
       SELECT latest.customer_id, latest.day, latest.energy_kwh, avg(complete.energy_kwh) AS usual_kwh
       FROM latest JOIN complete ON complete.customer_id = latest.customer_id
         AND complete.day BETWEEN latest.day - 7 AND latest.day - 1
       GROUP BY 1, 2, 3 HAVING count(*) >= 3)
     SELECT code, name, day::text, energy_kwh AS "energyKwh", usual_kwh AS "usualKwh",
       100 * (energy_kwh - usual_kwh) / abs(usual_kwh) AS "changePercent"
     FROM compared JOIN fleet.customer ON customer.id = customer_id
     WHERE abs(usual_kwh) >= 0.001 ORDER BY abs(energy_kwh - usual_kwh) DESC, code LIMIT 10`,
  );
}
