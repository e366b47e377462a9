import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HttpLoad, type LoadResult } from './http-load.js';
import type { BenchOptions } from './options.js';
import { signInToPortal, startPortalProcess } from './portal-process.js';
import { cpuSeconds } from './process-stat.js';
import { createBenchDatabaseIfGiven } from './bench-database.js';

/** Of issue 4. */
const aim = { perSecond: 3_000, p99Ms: 10 };
const connections = 32;
/** V8 compiles what is hot; and past the one collection that every start ends with (`releaseMemoryAfterStart`). */
const warmUpSeconds = 8;

interface Result {
  database: 'server' | 'embedded';
  cores: number;
  /** `aim.perSecond` requests a second. */
  sustained: LoadResult;
  /** As many as the portal answers. */
  most: LoadResult;
  /** Of the portal, milliseconds of CPU for a thousand checks at the sustained rate. */
  cpuMsPerThousand: number;
}

/**
 * `GET /api/auth/check`, which the edge asks for every request of Grafana, of a signed-in user: at the rate that is
 * aimed at, and as fast as it goes. The portal is a process of its own; the load generator shares the machine with it.
 */
export async function benchAuth({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const seconds = options.seconds ?? (quick ? 3 : 15);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  const database = await createBenchDatabaseIfGiven();
  try {
    const result = await measure(folder, database.url, seconds, say);
    if (json) console.log(JSON.stringify({ ...result, aim }));
    else print(result);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  folder: string,
  database: URL | undefined,
  seconds: number,
  say: (line: string) => void,
): Promise<Result> {
  const portal = await startPortalProcess(folder, database);
  const cookie = await signInToPortal(portal.url);
  const headers = { Cookie: cookie, Accept: 'application/json', 'X-Forwarded-Uri': '/grafana/api/ds/query' };
  const load = await HttpLoad.open(new URL('/api/auth/check', portal.url), headers, connections);
  try {
    say(`${connections} connections, ${seconds} s each …`);
    await load.closedLoop(warmUpSeconds);
    const before = cpuSeconds(portal.pid);
    const sustained = await load.atRate(aim.perSecond, seconds);
    const cpuMsPerThousand = ((cpuSeconds(portal.pid) - before) * 1e6) / (aim.perSecond * seconds);
    const most = await load.closedLoop(seconds);
    const kind = database === undefined ? 'embedded' : 'server';
    return { database: kind, cores: os.availableParallelism(), sustained, most, cpuMsPerThousand };
  } finally {
    load.close();
    await portal.stop();
  }
}

function print({ database, cores, sustained, most, cpuMsPerThousand }: Result): void {
  console.log(`GET /api/auth/check, ${database} database, ${cores} cores with the load generator`);
  const line = (label: string, { perSecond, p50Ms, p99Ms, maxMs, failures }: LoadResult) =>
    console.log(
      `${label.padEnd(24)}${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms  max ${maxMs.toFixed(1)} ms  ${failures} failed`,
    );
  line(`at ${aim.perSecond}/s`, sustained);
  line('as fast as it goes', most);
  console.log(`portal: ${cpuMsPerThousand.toFixed(0)} ms of CPU for a thousand checks`);
  console.log(`aim: at least ${aim.perSecond}/s with p99 below ${aim.p99Ms} ms`);
}
