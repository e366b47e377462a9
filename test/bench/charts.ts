import type { ChildProcess } from 'node:child_process';
import type { SiteDetail } from '#libs/contracts';
import { createBenchDatabase, withClient } from './bench-database.js';
import { fillSite, type SiteSize } from './charts-data.js';
import type { BenchOptions } from './options.js';
import { startApp, stopProgram } from './program.js';

const sizes: Record<'full' | 'quick', SiteSize> = {
  full: { channels: 30, days: 365 },
  quick: { channels: 30, days: 31 },
};
const callsPerAddress = 20;
/** The aim of issue 4, milliseconds. */
const aimMs = 500;
const account = { email: 'bench@wattfleet.example', password: 'Not-for-any-0ther-use' };
const dayMs = 86_400_000;

interface Measured {
  name: string;
  p50Ms: number;
  p99Ms: number;
  kilobytes: number;
}

/** What the charts of a site with a sample a minute cost: the portal as a process of its own, asked over HTTP. */
export async function benchCharts({ json, quick }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const size = quick ? sizes.quick : sizes.full;
  const database = await createBenchDatabase();
  let portal: ChildProcess | undefined;
  try {
    const port = 20_000 + (process.pid % 20_000);
    // Once for its migrations: what it does by schedule would only compete with the filling.
    await stopProgram(await startApp('portal', database.url, port, account));
    say(`filling ${size.channels} channels × ${size.days} days of minutes …`);
    const siteId = await withClient(database.url, (client) => fillSite(client, size, say));
    portal = await startApp('portal', database.url, port, account);
    const results = await measure(`http://127.0.0.1:${port}`, siteId, say);
    if (json) console.log(JSON.stringify({ size, callsPerAddress, aimMs, results }));
    else print(results);
  } finally {
    if (portal !== undefined) await stopProgram(portal);
    await database.drop();
  }
}

/** What a site page asks for: ranges that end with the data. */
function addressesOf(site: SiteDetail): [name: string, address: string][] {
  const end = Date.parse(site.lastTime ?? '') + 60_000;
  const channels = site.devices.flatMap((device) => device.channels.map(({ id }) => id));
  const range = (days: number) =>
    `from=${new Date(end - days * dayMs).toISOString()}&to=${new Date(end).toISOString()}`;
  const base = `/api/sites/${site.id}`;
  const all = channels.map((id) => `channel=${id}`).join('&');
  return [
    ['list of sites', '/api/sites'],
    ['site', base],
    ...[1, 7, 31, 365].flatMap((days): [string, string][] => [
      [`total, ${days} d`, `${base}/series?${range(days)}`],
      [`30 channels, ${days} d`, `${base}/series?by=channel&${all}&${range(days)}`],
      [`energy, ${days} d`, `${base}/energy?${range(days)}`],
    ]),
    ['total, 7 d, compared', `${base}/series?compare=previous&${range(7)}`],
  ];
}

async function measure(url: string, siteId: string, say: (line: string) => void): Promise<Measured[]> {
  const signIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  const cookie = signIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const site = await fetch(`${url}/api/sites/${siteId}`, { headers: { cookie } });
  const results: Measured[] = [];
  for (const [name, address] of addressesOf((await site.json()) as SiteDetail)) {
    say(`  ${name}`);
    results.push({ name, ...(await timeCalls(`${url}${address}`, cookie)) });
  }
  return results;
}

async function timeCalls(url: string, cookie: string): Promise<Omit<Measured, 'name'>> {
  const durations: number[] = [];
  let bytes = 0;
  for (let call = 0; call < callsPerAddress; call++) {
    const started = performance.now();
    const response = await fetch(url, { headers: { cookie } });
    bytes = (await response.arrayBuffer()).byteLength;
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    durations.push(performance.now() - started);
  }
  const ascending = durations.toSorted((a, b) => a - b);
  const at = (share: number) => ascending[Math.ceil(share * ascending.length) - 1] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), kilobytes: bytes / 1_000 };
}

function print(results: readonly Measured[]): void {
  console.log(`\n${'call'.padEnd(24)} ${'p50 ms'.padStart(9)} ${'p99 ms'.padStart(9)} ${'kB'.padStart(9)}`);
  for (const { name, p50Ms, p99Ms, kilobytes } of results) {
    const verdict = p99Ms < aimMs ? '' : '  over the aim';
    const figures = [p50Ms, p99Ms, kilobytes].map((value) => value.toFixed(1).padStart(9)).join(' ');
    console.log(`${name.padEnd(24)} ${figures}${verdict}`);
  }
}
