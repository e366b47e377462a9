import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { pushHeaders } from '#libs/contracts';
import { Secret } from '#libs/config';
import type { Database, DatabaseAddress } from '#libs/database';
import { BatchSender } from '../../apps/portal/src/fleet-push/batch-sender.js';
import { OutboxWriter } from '../../apps/portal/src/fleet-push/outbox-writer.js';
import { releaseLease } from '../../apps/portal/src/fleet-push/push-state.queries.js';
import { takeTurn } from '../../apps/portal/src/fleet-push/send-turn.js';
import { settleBatch } from '../../apps/portal/src/fleet-push/settlement.js';
import { MeasurementWriter } from '../../apps/portal/src/measurements/measurement-writer.js';
import { openPortalDatabase } from '../../apps/portal/src/portal.database.js';
import { createBenchDatabase } from './bench-database.js';
import type { BenchOptions } from './options.js';

/** Rows of one transaction, as of a meter file with so many channels. */
const file = { rows: 5_000, channels: 30 };
const rounds = 3;

interface Cost {
  /** Of this process: the client, and the database where it is embedded. */
  cpuSeconds: number;
  wallSeconds: number;
}

interface Result {
  rows: number;
  database: string;
  outboxOff: Cost;
  outboxOn: Cost;
  drain: Cost;
  outboxBytesPerRow: number;
}

/**
 * What the push costs the portal per million rows: rows are written with and without outbox entries, as an import
 * writes them, and then sent to a local stub that takes everything. The database is a new one of the server in
 * BENCH_DATABASE_URL, or an embedded one.
 */
export async function benchPush({ json, quick }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const { address, drop } = await createDatabase();
  const database = await openPortalDatabase(address, () => undefined);
  try {
    const files = Math.ceil((quick ? 150_000 : 1_000_000) / (file.rows * file.channels));
    say(`writing ${rounds} times ${files * file.rows * file.channels} rows without an outbox, then with …`);
    const result = await measure(database, files, address.kind);
    if (json) console.log(JSON.stringify(result));
    else print(result);
  } finally {
    await database.close();
    await drop();
  }
}

async function measure({ dataSource }: Database, files: number, kind: string): Promise<Result> {
  const rows = files * file.rows * file.channels;
  const costs: Record<'off' | 'on' | 'drain', Cost[]> = { off: [], on: [], drain: [] };
  let outboxBytesPerRow = 0;
  for (let round = 0; round < rounds; round++) {
    for (const mode of ['off', 'on'] as const) {
      await dataSource.query('TRUNCATE monitoring.measurement');
      await dataSource.query('UPDATE monitoring.fleet_push_state SET enabled = $1', [mode === 'on']);
      await importFiles(dataSource, 1, 0);
      await dataSource.query('TRUNCATE monitoring.outbox');
      costs[mode].push(await cost(rows, () => importFiles(dataSource, files, 1)));
    }
    const [size]: { bytes: number }[] = await dataSource.query(
      `SELECT sum(octet_length(payload))::float8 AS bytes FROM monitoring.outbox`,
    );
    outboxBytesPerRow = (size?.bytes ?? 0) / rows;
    costs.drain.push(await cost(rows, () => drainOutbox(dataSource)));
  }
  return {
    rows,
    database: kind,
    outboxOff: middle(costs.off),
    outboxOn: middle(costs.on),
    drain: middle(costs.drain),
    outboxBytesPerRow,
  };
}

function middle(costs: readonly Cost[]): Cost {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  return {
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
  };
}

async function cost(rows: number, work: () => Promise<void>): Promise<Cost> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const perMillion = 1e6 / rows;
  return {
    cpuSeconds: ((user + system) / 1e6) * perMillion,
    wallSeconds: ((performance.now() - started) / 1e3) * perMillion,
  };
}

/** @param firstDay of the year 2026; each file has days of its own */
async function importFiles(dataSource: DataSource, files: number, firstDay: number): Promise<void> {
  const keys = Array.from({ length: file.channels }, (_, channel) => channel + 1);
  const uids = keys.map(() => uuid());
  for (let day = firstDay; day < firstDay + files; day++) {
    await dataSource.transaction(async (manager: EntityManager) => {
      const outbox = await OutboxWriter.open(manager);
      const writer = new MeasurementWriter(manager, keys, async (rows) => outbox?.write(uids, rows));
      await writer.write(meterRows(day));
      await writer.flush();
    });
  }
}

/** A value every ten seconds: slow waves with noise, two decimals, as meters give them. */
function meterRows(day: number) {
  const start = Date.UTC(2026, 0, 1 + day);
  const times = Float64Array.from({ length: file.rows }, (_, row) => start + row * 10_000);
  const values = Float64Array.from({ length: file.rows * file.channels }, (_, index) => {
    const wave = 230 + 10 * Math.sin(index / 5_000) + Math.random();
    return Math.round(wave * 100) / 100;
  });
  return { rowCount: file.rows, times, values };
}

async function drainOutbox(dataSource: DataSource): Promise<void> {
  const stub = await startStub();
  const settings = {
    url: new URL(stub.url),
    token: new Secret('wf_bench_token_that_is_long_enough'),
    intervalSeconds: 60,
    batchRows: 5_000,
  };
  const sender = new BatchSender(settings, new AbortController().signal);
  const holder = uuid();
  for (;;) {
    const turn = await takeTurn(dataSource, holder, false);
    if (turn.kind !== 'send') break;
    const outcome = await sender.sendBatch(turn.entry, turn.place, turn.backlog);
    await settleBatch(dataSource, holder, turn.entry, outcome);
  }
  // The next round is another holder.
  await releaseLease(dataSource, holder);
  stub.close();
  const [left]: { entries: number }[] = await dataSource.query(
    'SELECT count(*)::int AS entries FROM monitoring.outbox',
  );
  if (left?.entries !== 0) throw new Error(`${String(left?.entries)} entries were not sent`);
}

async function startStub() {
  let position = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      position += 1;
      response.writeHead(200, {
        'content-type': 'application/json',
        [pushHeaders.streamPosition]: String(position),
      });
      response.end('{"errors":[]}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function createDatabase(): Promise<{ address: DatabaseAddress; drop: () => Promise<void> }> {
  if (process.env['BENCH_DATABASE_URL'] === undefined) {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
    return {
      address: { kind: 'embedded', folder: path.join(folder, 'db') },
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const { url, drop } = await createBenchDatabase();
  const address: DatabaseAddress = {
    kind: 'server',
    host: url.hostname,
    port: Number(url.port || 5432),
    name: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
    password: new Secret(decodeURIComponent(url.password)),
    poolSize: 4,
  };
  return { address, drop };
}

function print({ rows, database, outboxOff, outboxOn, drain, outboxBytesPerRow }: Result): void {
  console.log(`${rows} rows, ${database} database; seconds per million rows`);
  const line = (label: string, { cpuSeconds, wallSeconds }: Cost) =>
    console.log(
      `${label.padEnd(24)}${cpuSeconds.toFixed(2).padStart(8)} CPU${wallSeconds.toFixed(2).padStart(8)} wall`,
    );
  line('write, outbox off', outboxOff);
  line('write, outbox on', outboxOn);
  line('send', drain);
  console.log(`outbox: ${outboxBytesPerRow.toFixed(2)} bytes per row`);
}
