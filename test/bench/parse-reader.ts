import { createReadStream, readFileSync } from 'node:fs';
import { parse } from 'csv-parse';
import { readMeterFile } from '#libs/meter-files';

/** `idle` loads everything and reads nothing: the memory the other two start from. */
export type ReaderName = 'idle' | 'meterFiles' | 'csvParse';

/** What one reader did, in a process of its own. */
export interface Reading {
  seconds: number;
  bytes: number;
  points: number;
  /** Highest resident memory of the process. */
  peakBytes: number;
}

type Counts = Pick<Reading, 'bytes' | 'points'>;

const readers: Record<ReaderName, (file: string) => Promise<Counts>> = {
  idle: () => Promise.resolve({ bytes: 0, points: 0 }),
  meterFiles: async (file) => {
    const report = await readMeterFile(() => createReadStream(file), { now: new Date() });
    return { bytes: report.bytes, points: report.points };
  },
  csvParse: readWithCsvParse,
};

/** The plain loop: every record becomes an array of strings, its time a Date, its values numbers. */
async function readWithCsvParse(file: string): Promise<Counts> {
  const input = createReadStream(file);
  let points = 0;
  let line = 0;
  let sum = 0;
  for await (const record of input.pipe(parse({ delimiter: '\t' })) as AsyncIterable<string[]>) {
    line += 1;
    if (line <= 2) continue;
    sum += timeOf(record[0] ?? '');
    for (let column = 1; column < record.length; column += 1) {
      const value = Number(record[column]);
      if (Number.isNaN(value)) continue;
      sum += value;
      points += 1;
    }
  }
  if (!Number.isFinite(sum)) throw new Error('a time could not be read');
  return { bytes: input.bytesRead, points };
}

function timeOf(cell: string): number {
  const [day, month, year, hour, minute, second] = cell.split(/[/ :]/u).map(Number);
  return Date.UTC(2000 + (year ?? 0), (month ?? 0) - 1, day, hour, minute, second);
}

/**
 * The kernel's own high-water mark. `process.resourceUsage().maxRSS` is not it on Linux: a child starts with the
 * peak of the process that spawned it.
 */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

const [name = 'idle', file = ''] = process.argv.slice(2);
const reader = readers[name as ReaderName];
const start = process.hrtime.bigint();
const counts = await reader(file);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(JSON.stringify({ seconds, ...counts, peakBytes: peakBytes() } satisfies Reading));
