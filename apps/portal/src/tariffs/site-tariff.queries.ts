import type { DataSource, EntityManager } from 'typeorm';
import type { SiteTariff, SiteTariffBody } from '#libs/contracts';

/** A site as a bill needs it. */
export interface BilledSite extends SiteTariff {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
}

export async function selectBilledSite(
  database: DataSource | EntityManager,
  siteUid: string,
): Promise<BilledSite | undefined> {
  const rows: BilledSite[] = await database.query(
    `SELECT site.uid AS id, site.slug, site.name, site.time_zone AS "timeZone",
       CASE WHEN tariff.id IS NOT NULL THEN jsonb_build_object('id', tariff.uid, 'name', tariff.name,
         'municipality', municipality.name) END AS tariff,
       trim_scale(subscribed_a)::text AS "subscribedA", trim_scale(subscribed_kva)::text AS "subscribedKva"
     FROM monitoring.site
       LEFT JOIN monitoring.site_tariff AS billed ON billed.site_id = site.id
       LEFT JOIN monitoring.tariff ON tariff.id = billed.tariff_id
       LEFT JOIN monitoring.municipality ON municipality.id = tariff.municipality_id
     WHERE site.uid = $1`,
    [siteUid],
  );
  return rows[0];
}

/** @returns false where there is no such tariff */
export async function saveSiteTariff(
  manager: EntityManager,
  siteUid: string,
  { tariffId, subscribedA, subscribedKva }: SiteTariffBody,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO monitoring.site_tariff (site_id, tariff_id, subscribed_a, subscribed_kva)
     SELECT site.id, tariff.id, $3, $4
     FROM monitoring.site LEFT JOIN monitoring.tariff ON tariff.uid = $2
     WHERE site.uid = $1 AND ($2::uuid IS NULL OR tariff.id IS NOT NULL)
     ON CONFLICT (site_id) DO UPDATE SET tariff_id = excluded.tariff_id,
       subscribed_a = excluded.subscribed_a, subscribed_kva = excluded.subscribed_kva
     RETURNING site_id`,
    [siteUid, tariffId, subscribedA, subscribedKva],
  );
  return rows.length > 0;
}
