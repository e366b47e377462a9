import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { FleetOverview } from '#libs/contracts';
import { createBenchDatabase, withClient } from './bench-database.js';
import { fillFleet, type FleetSize } from './fleet-data.js';
import type { BenchOptions } from './options.js';
import { startAdminProcess, stopProgram } from './program.js';

const sizes: Record<'full' | 'quick', FleetSize> = {
  full: { customers: 1_000, channelsPerCustomer: 50, days: 30 },
  /** As many customers, which is what the pages depend on, with a shorter past. */
  quick: { customers: 1_000, channelsPerCustomer: 50, days: 2 },
};
const refreshDays = 5;
const callsPerAddress = 100;
/** The aim of issue 3, milliseconds. */
const aimMs = 100;
const account = { email: 'bench@wattfleet.example', password: 'Not-for-any-0ther-use' };
const rollups = ['hourly_per_channel', 'daily_per_channel', 'pushes_5min', 'pushes_of_fleet_5min'];

const addresses: readonly [name: string, address: string][] = [
  ['customers, first page', '/api/customers'],
  ['customers, 200 rows', '/api/customers?pageSize=200'],
  ['customers, last page', '/api/customers?page=20'],
  ['customers by health', '/api/customers?sort=health'],
  ['customers by rows/h', '/api/customers?sort=rowsPerHour&order=desc'],
  ['customers by rejected %', '/api/customers?sort=rejectedPercent&order=desc'],
  ['customers, filtered', '/api/customers?health=late,stale,rejecting'],
  ['customers, searched', '/api/customers?q=0042'],
  ['customers as CSV', '/api/customers/export.csv'],
  ['fleet overview', '/api/fleet/overview'],
  ['customer', '/api/customers/BENCH00042'],
  ['customer, size', '/api/customers/BENCH00042/size'],
  ['customer, events', '/api/customers/BENCH00042/events'],
  ['customer, problems', '/api/customers/BENCH00042/events?problems=true'],
  ['customer, activity 24 h', '/api/customers/BENCH00042/activity?hours=24'],
  ['customer, activity 30 d', '/api/customers/BENCH00042/activity?hours=720'],
  ['customer, sites', '/api/customers/BENCH00042/sites'],
  ['customer, tokens', '/api/customers/BENCH00042/tokens'],
  ['audit', '/api/audit'],
  ['metrics', '/metrics'],
];

interface Measured {
  name: string;
  p50Ms: number;
  p99Ms: number;
}

/** What the pages of a large fleet cost: Admin as a process of its own, asked over HTTP, one call after the other. */
export async function benchFleet({ json, quick }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const size = quick ? sizes.quick : sizes.full;
  const database = await createBenchDatabase();
  let admin: ChildProcess | undefined;
  try {
    const port = 20_000 + (process.pid % 20_000);
    // Once for its migrations: what it does by schedule would only compete with the filling.
    await stopProgram(await startAdminProcess(database.url, port, account));
    await fill(database.url, size, say);
    admin = await startAdminProcess(database.url, port, account);
    const results = await measure(`http://127.0.0.1:${port}`, say);
    const result = { size, callsPerAddress, aimMs, results };
    if (json) console.log(JSON.stringify(result));
    else print(results);
  } finally {
    if (admin !== undefined) await stopProgram(admin);
    await database.drop();
  }
}

async function fill(database: URL, size: FleetSize, say: (line: string) => void): Promise<void> {
  const { customers, channelsPerCustomer, days } = size;
  say(`filling ${customers} customers × ${channelsPerCustomer} channels × ${days} days …`);
  await withClient(database, async (client) => {
    await fillFleet(client, size, say);
    say('refreshing the aggregates …');
    for (const rollup of rollups) {
      // A month of this fleet in one piece would need more memory than the server has.
      for (let age = days + refreshDays; age > -refreshDays; age -= refreshDays) {
        await client.query(
          `CALL refresh_continuous_aggregate('fleet.${rollup}', date_trunc('day', now()) - ${age} * INTERVAL '1 day',
             date_trunc('day', now()) - ${age - refreshDays} * INTERVAL '1 day')`,
        );
      }
    }
    await client.query('DELETE FROM fleet.energy_sweep');
    await client.query('VACUUM ANALYZE');
  });
}

async function measure(url: string, say: (line: string) => void): Promise<Measured[]> {
  const signIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  const cookie = signIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  say('waiting for the energy of the fleet …');
  while ((await readOverview(url, cookie)).energy.days.length === 0) await delay(1_000);
  const results: Measured[] = [];
  for (const [name, address] of addresses) {
    say(`  ${name}`);
    results.push({ name, ...(await timeCalls(`${url}${address}`, cookie)) });
  }
  return results;
}

async function readOverview(url: string, cookie: string): Promise<FleetOverview> {
  return (await (await fetch(`${url}/api/fleet/overview`, { headers: { cookie } })).json()) as FleetOverview;
}

async function timeCalls(url: string, cookie: string): Promise<Omit<Measured, 'name'>> {
  const durations: number[] = [];
  for (let call = 0; call < callsPerAddress; call++) {
    const started = performance.now();
    const response = await fetch(url, { headers: { cookie } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    durations.push(performance.now() - started);
  }
  const ascending = durations.toSorted((a, b) => a - b);
  const at = (share: number) => ascending[Math.ceil(share * ascending.length) - 1] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function print(results: readonly Measured[]): void {
  console.log(`\n${'call'.padEnd(26)} ${'p50 ms'.padStart(9)} ${'p99 ms'.padStart(9)}`);
  for (const { name, p50Ms, p99Ms } of results) {
    const verdict = p99Ms < aimMs ? '' : '  over the aim';
    console.log(
      `${name.padEnd(26)} ${p50Ms.toFixed(1).padStart(9)} ${p99Ms.toFixed(1).padStart(9)}${verdict}`,
    );
  }
}
