import type { EntityManager } from 'typeorm';
import { mostDeliveries } from './overdue.js';

type Queryable = Pick<EntityManager, 'query'>;

/** A device that is watched and has delivered, with its newest deliveries, newest first. */
export interface DeliveringDevice {
  id: number;
  uid: string;
  serial: string;
  name: string;
  siteUid: string;
  siteSlug: string;
  siteName: string;
  timeZone: string;
  /** Epoch seconds. */
  arrivals: number[];
  /** Epoch seconds; null for files without rows. */
  samples: (number | null)[];
}

/** Files that are looked at for `mostDeliveries`: those of one run are one delivery. */
const mostFiles = 40;

/** What counts as delivered: a file that somebody uploads by hand is no habit of the device. */
const delivered = `status = 'imported' AND upload_id IS NULL`;

/**
 * Masters of sites that are not archived. Each is looked up in the index of deliveries; nothing else is read of its files.
 * @param siteUid null for all sites
 */
export function selectDeliveringDevices(
  database: Queryable,
  siteUid: string | null,
): Promise<DeliveringDevice[]> {
  return database.query(
    `SELECT device.id, device.uid, device.serial, device.display_name AS name, site.uid AS "siteUid",
       site.slug AS "siteSlug", site.name AS "siteName", site.time_zone AS "timeZone", recent.arrivals, recent.samples
     FROM monitoring.site JOIN monitoring.device ON device.site_id = site.id
       CROSS JOIN LATERAL (
         SELECT array_agg(extract(epoch FROM at)::float8 ORDER BY at DESC) AS arrivals,
           array_agg(extract(epoch FROM newest::timestamptz)::float8 ORDER BY at DESC) AS samples
         FROM (
           SELECT max(imported_at) AS at, max(newest_sample) AS newest
           FROM (SELECT run_id, imported_at, newest_sample FROM monitoring.import_file AS file
                 WHERE file.site = site.slug AND file.device = device.serial AND ${delivered}
                 ORDER BY imported_at DESC LIMIT ${mostFiles}) AS files
           GROUP BY run_id ORDER BY at DESC LIMIT ${mostDeliveries}) AS deliveries) AS recent
     WHERE site.archived_at IS NULL AND device.watched AND recent.arrivals IS NOT NULL
       AND ($1::uuid IS NULL OR site.uid = $1)`,
    [siteUid],
  );
}

export interface SilentDevice extends Pick<DeliveringDevice, 'siteSlug' | 'serial' | 'timeZone'> {
  lastAt: Date;
  habitSeconds: number;
}

/**
 * When each device delivered again one and two weeks ago, one habit after the same hour of the week, as instants of this
 * week: weeks are those of the site's clock.
 */
export async function selectWeeksBefore(
  database: Queryable,
  silent: readonly SilentDevice[],
): Promise<[Date | null, Date | null][]> {
  const rows: { first: Date | null; second: Date | null }[] = await database.query(
    `SELECT ${resumption(1)} AS first, ${resumption(2)} AS second
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::float8[])
       WITH ORDINALITY AS silent (site, device, zone, last_at, habit, place)
     ORDER BY place`,
    [
      silent.map(({ siteSlug }) => siteSlug),
      silent.map(({ serial }) => serial),
      silent.map(({ timeZone }) => timeZone),
      silent.map(({ lastAt }) => lastAt),
      silent.map(({ habitSeconds }) => habitSeconds),
    ],
  );
  return rows.map(({ first, second }) => [first, second]);
}

/** A device that is not that old has no week before to compare with. */
function resumption(weeks: 1 | 2): string {
  const interval = `INTERVAL '${7 * weeks} days'`;
  const then = `((last_at AT TIME ZONE zone - ${interval}) AT TIME ZONE zone)`;
  const ofDevice = `file.site = silent.site AND file.device = silent.device AND ${delivered}`;
  return `CASE WHEN EXISTS (SELECT FROM monitoring.import_file AS file WHERE ${ofDevice} AND imported_at <= ${then})
    THEN ((SELECT min(imported_at) FROM monitoring.import_file AS file WHERE ${ofDevice}
             AND imported_at > ${then} + make_interval(secs => habit)) AT TIME ZONE zone + ${interval})
      AT TIME ZONE zone END`;
}
