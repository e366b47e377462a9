import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { createBenchDatabase, withClient } from './bench-database.js';
import { fillSite, type SiteSize } from './charts-data.js';
import { signInToPortal, startPortalProcess } from './portal-process.js';

/** A built portal in a process of its own with one site, and somebody signed in to it. */
export interface MeteredPortal {
  siteId: string;
  get: (address: string) => Promise<Response>;
}

/**
 * Does `work` with a portal that has a site with a sample a minute, up to now.
 * @param prepare writes what the portal needs beside them
 */
export async function withMeteredPortal(
  size: SiteSize,
  say: (line: string) => void,
  prepare: (client: Client) => Promise<void>,
  work: (portal: MeteredPortal) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  const database = await createBenchDatabase();
  try {
    // Once for its migrations: what it does by schedule would only compete with the filling.
    await (await startPortalProcess(folder, database.url)).stop();
    say(`filling ${size.channels} channels × ${size.days} days of minutes …`);
    const siteId = await withClient(database.url, async (client) => {
      const uid = await fillSite(client, size, say);
      await prepare(client);
      return uid;
    });
    const portal = await startPortalProcess(folder, database.url);
    try {
      const cookie = await signInToPortal(portal.url);
      const get = (address: string) => fetch(`${portal.url}${address}`, { headers: { cookie } });
      await work({ siteId, get });
    } finally {
      await portal.stop();
    }
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of several calls of one address. */
export interface CallTimes {
  name: string;
  medianMs: number;
  maxMs: number;
  kilobytes: number;
}

/** Calls each address so often, one after the other. @throws Error for an answer that is no success */
export async function timeCalls(
  { get }: MeteredPortal,
  addresses: readonly [name: string, address: string][],
  rounds: number,
  say: (line: string) => void,
): Promise<CallTimes[]> {
  const results: CallTimes[] = [];
  for (const [name, address] of addresses) {
    say(`  ${name}`);
    const durations: number[] = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      const response = await get(address);
      bytes = (await response.arrayBuffer()).byteLength;
      if (!response.ok) throw new Error(`${address} answered ${response.status}`);
      durations.push(performance.now() - started);
    }
    const ascending = durations.toSorted((a, b) => a - b);
    const medianMs = ascending[Math.floor(rounds / 2)] ?? Number.NaN;
    results.push({ name, medianMs, maxMs: ascending.at(-1) ?? Number.NaN, kilobytes: bytes / 1_000 });
  }
  return results;
}

/** @param aimMs what the slowest call of an address should stay below */
export function printCalls(results: readonly CallTimes[], aimMs: number): void {
  const right = (text: string) => text.padStart(10);
  console.log(`\n${'call'.padEnd(24)}${right('median ms')}${right('max ms')}${right('kB')}`);
  for (const { name, medianMs, maxMs, kilobytes } of results) {
    const figures = [medianMs, maxMs, kilobytes].map((value) => right(value.toFixed(1))).join('');
    console.log(`${name.padEnd(24)}${figures}${maxMs < aimMs ? '' : '  over the aim'}`);
  }
}
