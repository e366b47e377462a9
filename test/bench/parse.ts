import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { meterFileChunks, type MeterFileOptions } from '../fixtures/meter-files.js';
import type { BenchOptions } from './options.js';
import type { ReaderName, Reading } from './parse-reader.js';

/** 31 columns as the widest real T302 file has them: a three-phase master with three channels, four slaves. */
const shape: Omit<MeterFileOptions, 'rows'> = {
  format: 'MV_T302_V002',
  masterSerial: '02001171',
  slaves: ['04000466', '04000477', '04001293', '04001344'].map((serial) => ({ serial, channels: 6 })),
  start: new Date('2024-01-01T00:00:00Z'),
  intervalSeconds: 10,
};
const bytesPerRow = 188.6;
const megabyte = 1_000_000;
const rounds = 3;
/** The two aims of issue 2. */
const aims = { ratio: 5, memoryMegabytes: 100 };

const readerProgram = fileURLToPath(new URL('parse-reader.js', import.meta.url));

/**
 * Our meter-file reader beside a plain csv-parse loop on the same 50 MB V002 file, in alternating rounds, each in
 * a process of its own so that its peak memory is its own; then ours alone on 500 MB.
 */
export async function benchParse({ json, quick }: BenchOptions): Promise<void> {
  const say = json ? console.error : console.log;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wattfleet-bench-'));
  try {
    const file = await generate(folder, 50, say);
    const readings: Record<ReaderName, Reading[]> = { idle: [], meterFiles: [], csvParse: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of ['idle', 'meterFiles', 'csvParse'] as const)
        readings[name].push(await run(name, file));
    }
    const large = quick ? null : await run('meterFiles', await generate(folder, 500, say));
    const result = summarize(readings, large);
    if (json) console.log(JSON.stringify(result));
    else print(result);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function generate(folder: string, megabytes: number, say: (line: string) => void): Promise<string> {
  say(`writing a V002 file of ${megabytes} MB …`);
  const file = path.join(folder, `${megabytes}mb.tsv`);
  const rows = Math.round((megabytes * megabyte) / bytesPerRow);
  await pipeline(Readable.from(meterFileChunks({ ...shape, rows })), createWriteStream(file));
  say(`  ${((await stat(file)).size / megabyte).toFixed(1)} MB, ${rows} rows`);
  return file;
}

async function run(name: ReaderName, file: string): Promise<Reading> {
  const child = spawn(process.execPath, [readerProgram, name, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  return JSON.parse(output) as Reading;
}

interface Row {
  megabytesPerSecond: number;
  pointsPerSecond: number;
  peakMegabytes: number;
}

interface Result {
  meterFiles: Row;
  csvParse: Row;
  /** Our points per second over those of csv-parse. */
  ratio: number;
  idleMegabytes: number;
  points: number;
  /** Null when the run was skipped. */
  large: (Row & { aboveIdleMegabytes: number }) | null;
}

function summarize(readings: Record<ReaderName, Reading[]>, large: Reading | null): Result {
  const meterFiles = middle(readings.meterFiles.map(row));
  const csvParse = middle(readings.csvParse.map(row));
  const counts = new Set([...readings.meterFiles, ...readings.csvParse].map(({ points }) => points));
  if (counts.size !== 1) throw new Error(`the readers disagree on the points: ${[...counts].join(', ')}`);
  const idleMegabytes = median(readings.idle.map(({ peakBytes }) => peakBytes / megabyte));
  return {
    meterFiles,
    csvParse,
    ratio: meterFiles.pointsPerSecond / csvParse.pointsPerSecond,
    idleMegabytes,
    points: [...counts][0] ?? 0,
    large: large === null ? null : withExcess(row(large), idleMegabytes),
  };
}

function row({ seconds, bytes, points, peakBytes }: Reading): Row {
  return {
    megabytesPerSecond: bytes / megabyte / seconds,
    pointsPerSecond: points / seconds,
    peakMegabytes: peakBytes / megabyte,
  };
}

function withExcess(row: Row, idleMegabytes: number): Row & { aboveIdleMegabytes: number } {
  return { ...row, aboveIdleMegabytes: row.peakMegabytes - idleMegabytes };
}

function middle(rows: readonly Row[]): Row {
  return {
    megabytesPerSecond: median(rows.map(({ megabytesPerSecond }) => megabytesPerSecond)),
    pointsPerSecond: median(rows.map(({ pointsPerSecond }) => pointsPerSecond)),
    peakMegabytes: median(rows.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function print({ meterFiles, csvParse, ratio, idleMegabytes, large }: Result): void {
  printCells('', ['MB/s', 'points/s', 'peak MB']);
  printRow('meter-files, 50 MB', meterFiles);
  printRow('csv-parse, 50 MB', csvParse);
  if (large !== null) printRow('meter-files, 500 MB', large);
  console.log(`idle process: ${idleMegabytes.toFixed(0)} MB peak`);
  console.log(`ratio ${ratio.toFixed(1)} (aim: at least ${aims.ratio})`);
  if (large === null) console.log('500 MB memory run: skipped (--quick)');
  else {
    const excess = large.aboveIdleMegabytes.toFixed(0);
    console.log(`500 MB: ${excess} MB above idle (aim: under ${aims.memoryMegabytes})`);
  }
}

function printRow(label: string, { megabytesPerSecond, pointsPerSecond, peakMegabytes }: Row): void {
  const points = `${(pointsPerSecond / 1e6).toFixed(1)}M`;
  printCells(label, [megabytesPerSecond.toFixed(0), points, peakMegabytes.toFixed(0)]);
}

function printCells(label: string, cells: readonly string[]): void {
  console.log(label.padEnd(22) + cells.map((cell) => cell.padStart(10)).join(''));
}
