import { bucketOf, from, to } from './macros.js';

/** As an array, since *All* of no customer is nothing between the brackets. */
const chosen = 'customer_id = ANY(ARRAY[${customer:sqlstring}]::int[])';

/** UTC days of the range. */
const days = `day BETWEEN (${from} AT TIME ZONE 'UTC')::date AND (${to} AT TIME ZONE 'UTC')::date`;
const dayBegins = `day::timestamp AT TIME ZONE 'UTC' AS time`;

export const fleetEnergyPerDay = `SELECT ${dayBegins}, code AS metric, energy_kwh AS value
FROM grafana.daily_energy JOIN grafana.customer USING (customer_id) WHERE ${chosen} AND ${days} ORDER BY 1`;

/** Hours with data ÷ the hours of the day that have begun. */
export const fleetCoveragePerDay = `SELECT ${dayBegins}, code AS metric,
  least(1, covered_hours / nullif(channels, 0)::float8 / CASE
    WHEN day < (now() AT TIME ZONE 'UTC')::date THEN 24 ELSE extract(hour FROM now() AT TIME ZONE 'UTC')::float8 + 1 END) AS value
FROM grafana.daily_energy JOIN grafana.customer USING (customer_id) WHERE ${chosen} AND ${days} ORDER BY 1`;

const pushes = (
  value: string,
) => `SELECT ${bucketOf('bucket', 300)} AS time, code AS metric, ${value} AS value
FROM grafana.pushes_5min JOIN grafana.customer USING (customer_id)
WHERE ${chosen} AND $__timeFilter(bucket) GROUP BY 1, 2 ORDER BY 1`;

const perSecond = (column: string) =>
  `sum(${column})::float8 / greatest($__interval_ms / 1000.0, 300)::float8`;

export const fleetRows = pushes(perSecond('rows_accepted'));
export const fleetRejects = pushes('sum(rows_rejected + refusals)::float8');
export const fleetLag = pushes('(sum(lag_sum) / nullif(sum(lag_count), 0))::float8');

export const fleetCustomers = `SELECT code AS "Customer", name AS "Name", CASE WHEN disabled THEN 'disabled' ELSE 'enabled' END AS "State",
  extract(epoch FROM now() - newest_data_at)::float8 AS "Age of newest measurement",
  extract(epoch FROM now() - last_accepted_at)::float8 AS "Last accepted push", energy_kwh AS "Energy in the range"
FROM grafana.customer LEFT JOIN (
  SELECT customer_id, sum(energy_kwh) AS energy_kwh FROM grafana.daily_energy WHERE ${days} GROUP BY 1) AS used USING (customer_id)
WHERE ${chosen} ORDER BY code`;

export const fleetCustomerChoice = `SELECT code || ' ' || name AS __text, customer_id AS __value FROM grafana.customer ORDER BY code`;
