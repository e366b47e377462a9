import type { GrafanaSource } from '#libs/database';

/** All that a Grafana of the company may read: what panels ask for. No account, session or token, and nobody's name. */
const views: GrafanaSource['views'] = {
  customer: `SELECT id AS customer_id, code, name, disabled_at IS NOT NULL AS disabled, last_accepted_at, newest_data_at
    FROM fleet.customer WHERE deletion_started_at IS NULL`,
  daily_energy: `SELECT customer_id, day, energy_kwh, covered_hours, channels FROM fleet.daily_energy`,
  pushes_5min: `SELECT customer_id, bucket, batches, refusals, rows_accepted, rows_rejected, bytes, lag_sum, lag_count
    FROM fleet.pushes_5min`,
};

export const grafanaSource: GrafanaSource = { views, tables: 'fleet' };
