import type { GrafanaSource } from '#libs/database';
import { newestSamples } from '../measurements/newest-samples.js';

const units = `(VALUES ('mW', 'power', 1e-3), ('W', 'power', 1), ('kW', 'power', 1e3), ('MW', 'power', 1e6),
  ('Wh', 'register', 1), ('kWh', 'register', 1e3), ('MWh', 'register', 1e6)) AS known (unit, kind, factor)`;

const volts = `(VALUES ('mV', 1e-3), ('V', 1), ('kV', 1e3)) AS known (unit, factor)`;

/** `Ph 1`, `phase 2`, `L3`, `P1`; the first of them in what the channel is called. */
const phase = String.raw`'L' || substring(channel.label || ' ' || channel.name
  FROM '(?i)(?:^|[^[:alnum:]])(?:ph|phase|l|p) ?([123])(?:[^[:alnum:]]|$)')`;

const total = `'(^|[^[:alpha:]])(tot|total|totale|sum|somme|summe|gesamt)([^[:alpha:]]|$)'`;

// A panel tells lines apart by what they are called: of one name, two would be drawn as one.
const siteName = `CASE WHEN lower(site.name) IN (SELECT lower(name) FROM monitoring.site GROUP BY 1 HAVING count(*) > 1)
  THEN site.name || ' (' || site.slug || ')' ELSE site.name END`;
const deviceName = `CASE WHEN device.display_name = '' THEN device.serial
  WHEN (device.site_id, device.display_name) IN (SELECT site_id, display_name FROM monitoring.device GROUP BY 1, 2 HAVING count(*) > 1)
  THEN device.display_name || ' ' || device.serial ELSE device.display_name END`;

const named = `device.uid::text AS device, ${deviceName} AS device_name, site.uid::text AS site, ${siteName} AS site_name`;

const joined = `monitoring.channel JOIN monitoring.device ON device.id = channel.device_id
  JOIN monitoring.site ON site.id = device.site_id`;

const rolledUp = 'channel_id, bucket, count, avg, min, max, first, last';

/**
 * All that Grafana may read, by name: what panels ask for and no column more. No account, session, token or outbox, and
 * nobody's name.
 */
const views: GrafanaSource['views'] = {
  // `whole_hours`: its days begin with an hour of UTC, so hourly rollups can be added up to days.
  site: `SELECT uid::text AS site, ${siteName} AS name, slug, time_zone, archived_at IS NOT NULL AS archived,
      extract(minute FROM now() AT TIME ZONE time_zone) = extract(minute FROM now() AT TIME ZONE 'UTC') AS whole_hours
    FROM monitoring.site`,
  channel: `SELECT channel.id AS channel_id, ${named}, device.serial, channel.label, channel.name, channel.unit,
      channel.quantity, ${phase} AS phase,
      concat_ws(' ', ${deviceName}, channel.label, nullif(channel.name, '')) AS series
    FROM ${joined}`,
  // `factor` makes watts of power, watt-hours of registers.
  power_channel: `SELECT channel.id AS channel_id, factor::float8 AS factor, kind
    FROM monitoring.channel JOIN ${units} USING (unit)`,
  voltage_channel: `SELECT channel.id AS channel_id, factor::float8 AS factor FROM monitoring.channel JOIN ${volts} USING (unit)`,
  // The rule of docs/explanation/energy.md: of every device the best kind of channel, and of that kind all.
  counted_channel: `SELECT channel_id, site, site_name, kind, factor, coalesce(set_period, period_seconds)::float8 AS period
    FROM (SELECT channel.id AS channel_id, channel.sample_period_seconds AS set_period, ${named}, kind, factor::float8 AS factor,
            dense_rank() OVER (PARTITION BY site.uid::text, device.uid::text
              ORDER BY kind = 'power' DESC, channel.label || ' ' || channel.name ~* ${total} DESC) AS choice
          FROM ${joined} JOIN ${units} USING (unit)) AS ranked
      ${newestSamples.replaceAll('channel.id', 'ranked.channel_id')}
    WHERE choice = 1`,
  measurement: `SELECT channel_id, time, value FROM monitoring.measurement`,
  measurement_15min: `SELECT ${rolledUp} FROM monitoring.measurement_15min`,
  measurement_hourly: `SELECT ${rolledUp} FROM monitoring.measurement_hourly`,
  // Ids as they are: a cast one is found by no index.
  import_run: `SELECT id AS run, trigger, started_at, finished_at,
      extract(epoch FROM finished_at - started_at)::float8 AS duration_seconds, unchanged
    FROM monitoring.import_run`,
  import_file: `SELECT run_id AS run, path, site AS site_slug, device AS serial, format, status, error_code, rows, points,
      rejected_rows, rejected_values, imported_at
    FROM monitoring.import_file`,
  // What counts as delivered: docs/explanation/overdue.md. Each device is looked up in the index of deliveries.
  newest_delivery: `SELECT site.uid::text AS site, ${siteName} AS site_name, ${deviceName} AS device_name, newest.imported_at
    FROM monitoring.site JOIN monitoring.device ON device.site_id = site.id CROSS JOIN LATERAL (
      SELECT imported_at FROM monitoring.import_file AS file
      WHERE file.site = site.slug AND file.device = device.serial AND status = 'imported' AND upload_id IS NULL
      ORDER BY imported_at DESC LIMIT 1) AS newest
    WHERE site.archived_at IS NULL AND device.watched`,
};

export const grafanaSource: GrafanaSource = { views, tables: 'monitoring' };
