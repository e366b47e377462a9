import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { packageRoot } from '#libs/nest-kit';
import { createBenchDatabase } from './bench-database.js';
import {
  smallChannels,
  smallRows,
  wideChannels,
  writeCopyText,
  writeLargeFile,
  writeSmallFiles,
} from './import-files.js';
import { printImport, summariseImport, type ImportMeasurement, type ImportMode } from './import-report.js';
import type { BenchOptions } from './options.js';
import { cpuSeconds, peakBytes, serverCpuSeconds } from './process-stat.js';
import { databaseVariables } from './program.js';

const sizes = { largeMegabytes: 50, littleMegabytes: 5, smallFiles: 10_000 };
const quickSizes = { largeMegabytes: 10, littleMegabytes: 5, smallFiles: 500 };

/**
 * From file to committed rows, by the built command line on the database that BENCH_DATABASE_URL names: one large V002 file beside raw
 * text `COPY` of its rows, in alternating rounds, and thousands of small ones; each with the push off and on.
 */
export async function benchImport({ json, quick, ...options }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const rounds = options.rounds ?? (quick ? 1 : 3);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  const database = await createBenchDatabase();
  try {
    const bench = await ImportBench.prepare(database.url, folder, quick ? quickSizes : sizes, say);
    try {
      const result = summariseImport(await bench.run(rounds), { cores: os.availableParallelism() });
      if (json) console.log(JSON.stringify(result));
      else printImport(result);
    } finally {
      await bench.stop();
    }
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

class ImportBench {
  private constructor(
    private readonly url: URL,
    private readonly folder: string,
    private readonly client: Client,
    private readonly backendPid: number,
    private readonly sizes: typeof quickSizes,
    private readonly say: (line: string) => void,
  ) {}

  static async prepare(
    url: URL,
    folder: string,
    planned: typeof quickSizes,
    say: (line: string) => void,
  ): Promise<ImportBench> {
    say(
      `writing files of ${planned.largeMegabytes} and ${planned.littleMegabytes} MB and ${planned.smallFiles} small ones …`,
    );
    await writeLargeFile(path.join(folder, 'large'), planned.largeMegabytes);
    await writeLargeFile(path.join(folder, 'little'), planned.littleMegabytes);
    await writeSmallFiles(path.join(folder, 'small'), planned.smallFiles);
    const channelIds = Array.from({ length: wideChannels }, (_, index) => index + 1);
    const open = () => createReadStream(path.join(folder, 'large/plant/02001171/T302.tsv'));
    await writeCopyText(open, path.join(folder, 'copy.txt'), channelIds);
    const client = new Client({ connectionString: url.href });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const bench = new ImportBench(url, folder, client, rows[0]?.pid ?? 0, planned, say);
    // Once for the migrations and for what PostgreSQL reads into memory.
    await bench.import('little', false);
    return bench;
  }

  stop(): Promise<void> {
    return this.client.end();
  }

  async run(rounds: number): Promise<ImportMeasurement[]> {
    const measurements: ImportMeasurement[] = [];
    for (let round = 1; round <= rounds; round++) {
      this.say(`round ${round} of ${rounds} …`);
      measurements.push(await this.copy());
      for (const mode of ['large', 'little', 'small'] as const) {
        for (const push of [false, true]) measurements.push(await this.import(mode, push));
      }
    }
    return measurements;
  }

  /** An empty database and a quiet server, for each the same. */
  private async reset(push: boolean): Promise<void> {
    const { rows } = await this.client.query<{ name: string | null }>(
      `SELECT to_regclass('monitoring.site') AS name`,
    );
    if (rows[0]?.name === null) return;
    await this.client.query(
      `TRUNCATE monitoring.site, monitoring.device, monitoring.channel, monitoring.measurement, monitoring.import_run,
         monitoring.import_file, monitoring.outbox CASCADE`,
    );
    await this.client.query('UPDATE monitoring.fleet_push_state SET enabled = $1', [push]);
    await this.client.query('CHECKPOINT');
  }

  /** In one transaction, in the order of the file. */
  private async copy(): Promise<ImportMeasurement> {
    await this.reset(false);
    const before = serverCpuSeconds(this.backendPid);
    const started = performance.now();
    const target = this.client.query(
      copyFrom('COPY monitoring.measurement (channel_id, time, value) FROM STDIN'),
    );
    await pipeline(
      createReadStream(path.join(this.folder, 'copy.txt'), { highWaterMark: 256 * 1024 }),
      target,
    );
    const seconds = (performance.now() - started) / 1_000;
    return {
      mode: 'copy',
      push: false,
      files: 1,
      points: target.rowCount,
      seconds,
      programCpuSeconds: 0,
      serverCpuSeconds: difference(serverCpuSeconds(this.backendPid), before),
      peakMegabytes: 0,
    };
  }

  private async import(mode: Exclude<ImportMode, 'copy'>, push: boolean): Promise<ImportMeasurement> {
    await this.reset(push);
    const waiting = path.join(this.folder, 'waiting');
    await cp(path.join(this.folder, mode), waiting, { recursive: true });
    const before = serverCpuSeconds(this.backendPid);
    const program = await runImport(waiting, this.url);
    const server = difference(serverCpuSeconds(this.backendPid), before);
    await rm(waiting, { recursive: true });
    const [run] = (
      await this.client.query<{ seconds: number; files: number; points: number }>(
        `SELECT extract(epoch FROM finished_at - started_at)::float8 AS seconds,
           (SELECT count(*) FROM monitoring.import_file)::float8 AS files,
           (SELECT count(*) FROM monitoring.measurement)::float8 AS points
         FROM monitoring.import_run ORDER BY started_at DESC LIMIT 1`,
      )
    ).rows;
    if (run === undefined) throw new Error('the import has recorded no run');
    const wanted = mode === 'small' ? this.sizes.smallFiles * smallRows * smallChannels : undefined;
    if (wanted !== undefined && run.points !== wanted)
      throw new Error(`${run.points} points instead of ${wanted}`);
    this.say(
      `  ${mode}${push ? ', push on' : ''}: ${run.files} files, ${run.points} points, ${run.seconds.toFixed(1)} s`,
    );
    return { mode, push, ...run, ...program, serverCpuSeconds: server };
  }
}

/** Time is taken from the record of the run: what the program needs to start is not part of it. */
async function runImport(
  folder: string,
  database: URL,
): Promise<Pick<ImportMeasurement, 'programCpuSeconds' | 'peakMegabytes'>> {
  const profile = process.env['BENCH_PROFILE_FOLDER'];
  const main = path.join(packageRoot, 'dist/apps/portal/src/main.js');
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...flags, main, 'import', '--data-folder', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], ...databaseVariables(database), IMPORT_SETTLE_SECONDS: '0' },
  });
  let messages = '';
  child.stderr.on('data', (chunk: Buffer) => {
    messages = `${messages}${String(chunk)}`.slice(-2_000);
  });
  const last = { programCpuSeconds: 0, peakMegabytes: 0 };
  const look = setInterval(() => {
    if (child.pid === undefined || child.exitCode !== null) return;
    last.programCpuSeconds = cpuSeconds(child.pid);
    last.peakMegabytes = peakBytes(child.pid) / 1e6 || last.peakMegabytes;
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`the import ended with ${code}: ${messages}`);
  return last;
}

function difference(after: number | undefined, before: number | undefined): number | null {
  return after === undefined || before === undefined ? null : after - before;
}
