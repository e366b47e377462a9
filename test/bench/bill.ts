import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { tariffExamples } from '#libs/tariffs';
import { createBenchDatabase, withClient } from './bench-database.js';
import { fillSite, type SiteSize } from './charts-data.js';
import type { BenchOptions } from './options.js';
import { signInToPortal, startPortalProcess } from './portal-process.js';

const sizes: Record<'full' | 'quick', SiteSize> = {
  full: { channels: 30, days: 365 },
  quick: { channels: 30, days: 32 },
};
const dayMs = 86_400_000;
/** What people wait for without asking themselves whether it still works. */
const aimMs = 2_000;

interface Measured {
  name: string;
  medianMs: number;
  maxMs: number;
  kilobytes: number;
}

/** What a bill and the cost per day take of a site with a sample a minute: the built portal, asked over HTTP. */
export async function benchBill({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const size = quick ? sizes.quick : sizes.full;
  const rounds = options.rounds ?? 5;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  const database = await createBenchDatabase();
  try {
    // Once for its migrations: what it does by schedule would only compete with the filling.
    await (await startPortalProcess(folder, database.url)).stop();
    say(`filling ${size.channels} channels × ${size.days} days of minutes …`);
    const siteId = await withClient(database.url, async (client) => {
      const uid = await fillSite(client, size, say);
      await giveTariff(client);
      return uid;
    });
    const portal = await startPortalProcess(folder, database.url);
    const cookie = await signInToPortal(portal.url);
    const results: Measured[] = [];
    for (const [name, address] of addressesOf(siteId, size)) {
      say(`  ${name}`);
      results.push({ name, ...(await timeCalls(`${portal.url}${address}`, cookie, rounds)) });
    }
    await portal.stop();
    if (json) console.log(JSON.stringify({ size, rounds, aimMs, results }));
    else print(results);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
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

async function timeCalls(url: string, cookie: string, rounds: number): Promise<Omit<Measured, 'name'>> {
  const durations: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const response = await fetch(url, { headers: { cookie } });
    bytes = (await response.arrayBuffer()).byteLength;
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    durations.push(performance.now() - started);
  }
  const ascending = durations.toSorted((a, b) => a - b);
  const medianMs = ascending[Math.floor(rounds / 2)] ?? Number.NaN;
  return { medianMs, maxMs: ascending.at(-1) ?? Number.NaN, kilobytes: bytes / 1_000 };
}

function print(results: readonly Measured[]): void {
  console.log(
    `\n${'call'.padEnd(16)} ${'median ms'.padStart(10)} ${'max ms'.padStart(9)} ${'kB'.padStart(7)}`,
  );
  for (const { name, medianMs, maxMs, kilobytes } of results) {
    const figures = `${medianMs.toFixed(0).padStart(10)} ${maxMs.toFixed(0).padStart(9)} ${kilobytes.toFixed(1).padStart(7)}`;
    console.log(`${name.padEnd(16)} ${figures}${medianMs <= aimMs ? '' : '  over the aim'}`);
  }
}
