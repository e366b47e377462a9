import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchOptions } from './options.js';
import { startPortalProcess } from './portal-process.js';
import { cpuSeconds, residentBytes } from './process-stat.js';
import { createBenchDatabaseIfGiven } from './bench-database.js';

/** Of issue 4. */
const aim = { readySeconds: 3, idleMegabytes: 130 };

interface Start {
  readySeconds: number;
  /** Until then; beside other work on the machine it says more. */
  cpuSeconds: number;
  /** Resident, when nothing was asked of it for a while; with an embedded database, the database too. */
  idleMegabytes: number;
}

interface Result {
  database: 'server' | 'embedded';
  /** On an empty database. */
  first: Start;
  /** On the database that the first one left. */
  later: Start[];
}

/** How long a portal takes until it is ready, and what it needs when idle. */
export async function benchStart({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const idleSeconds = options.seconds ?? (quick ? 5 : 30);
  const rounds = options.rounds ?? (quick ? 1 : 3);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  const database = await createBenchDatabaseIfGiven();
  try {
    say(`${rounds + 1} starts, each idle for ${idleSeconds} s …`);
    const first = await measure(folder, database.url, idleSeconds);
    const later: Start[] = [];
    for (let round = 0; round < rounds; round++) later.push(await measure(folder, database.url, idleSeconds));
    const result: Result = { database: database.url === undefined ? 'embedded' : 'server', first, later };
    if (json) console.log(JSON.stringify({ ...result, aim }));
    else print(result);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, database: URL | undefined, idleSeconds: number): Promise<Start> {
  const portal = await startPortalProcess(folder, database);
  try {
    const cpu = cpuSeconds(portal.pid);
    await delay(idleSeconds * 1_000);
    const idleMegabytes = residentBytes(portal.pid) / 1e6;
    return { readySeconds: portal.readySeconds, cpuSeconds: cpu, idleMegabytes };
  } finally {
    await portal.stop();
  }
}

function print({ database, first, later }: Result): void {
  const line = (label: string, start: Start) =>
    console.log(
      `${label.padEnd(26)}ready in ${start.readySeconds.toFixed(2)} s (${start.cpuSeconds.toFixed(2)} s of CPU), idle ${start.idleMegabytes.toFixed(0)} MB`,
    );
  line(`${database}, first start`, first);
  for (const start of later) line(`${database}, later start`, start);
  console.log(
    `aim: ready in ${aim.readySeconds} s on the embedded database, idle ${aim.idleMegabytes} MB on a server’s`,
  );
}
