import type { Client } from 'pg';
import { tariffExamples } from '#libs/tariffs';
import type { SiteSize } from './charts-data.js';
import { printCalls, timeCalls, withMeteredPortal } from './metered-portal.js';
import type { BenchOptions } from './options.js';

const sizes: Record<'full' | 'quick', SiteSize> = {
  full: { channels: 30, days: 365 },
  quick: { channels: 30, days: 32 },
};
const dayMs = 86_400_000;
/** What people wait for without asking themselves whether it still works. */
const aimMs = 2_000;

/** What a bill and the cost per day take of a site with a sample a minute: the built portal, asked over HTTP. */
export async function benchBill({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const size = quick ? sizes.quick : sizes.full;
  const rounds = options.rounds ?? 5;
  await withMeteredPortal(size, say, giveTariff, async (portal) => {
    const results = await timeCalls(portal, addressesOf(portal.siteId, size), rounds, say);
    if (json) console.log(JSON.stringify({ size, rounds, aimMs, results }));
    else printCalls(results, aimMs);
  });
}

/** Two periods a day, the windows of which begin on half hours. */
async function giveTariff(client: Client): Promise<void> {
  const example = tariffExamples.find(({ id }) => id === 'fr-hp-hc-6-kva') ?? tariffExamples[0];
  await client.query(
    `INSERT INTO monitoring.municipality (uid, name) VALUES (gen_random_uuid(), 'Bench');
     INSERT INTO monitoring.tariff (uid, municipality_id, name)
       SELECT gen_random_uuid(), id, 'Bench' FROM monitoring.municipality;
     INSERT INTO monitoring.site_tariff (site_id, tariff_id) SELECT site.id, tariff.id
       FROM monitoring.site, monitoring.tariff`,
  );
  await client.query(
    `INSERT INTO monitoring.tariff_version (uid, tariff_id, first_day, document)
     SELECT gen_random_uuid(), id, '2000-01-01', $1 FROM monitoring.tariff`,
    [JSON.stringify(example?.document)],
  );
}

/** Whole days before today; the cost of 30 days, and of a year where there is one. */
function addressesOf(siteId: string, { days }: SiteSize): [name: string, address: string][] {
  const day = (ago: number) => new Date(Date.now() - ago * dayMs).toISOString().slice(0, 10);
  const of = (what: string, length: number): [string, string] => [
    `${what}, ${length} d`,
    `/api/sites/${siteId}/${what}?from=${day(length)}&to=${day(0)}`,
  ];
  const long = days >= 365 ? [of('cost', 364)] : [];
  return [of('bill', 30), of('cost', 7), of('cost', 30), ...long];
}
