import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readMeterFile, type MeterRows } from '#libs/meter-files';
import { meterFileChunks, meterFileText, type MeterFileOptions } from '../fixtures/meter-files.js';

/** 30 channels as the widest real T302 file has them: a three-phase master with three channels, four slaves. */
const wide: Omit<MeterFileOptions, 'rows'> = {
  format: 'MV_T302_V002',
  masterSerial: '02001171',
  slaves: ['04000466', '04000477', '04001293', '04001344'].map((serial) => ({ serial, channels: 6 })),
  start: new Date('2024-01-01T00:00:00Z'),
  intervalSeconds: 10,
};
export const wideChannels = 30;
const bytesPerRow = 188.6;
const megabyte = 1_000_000;

/** Six channels as most real files have them: a three-phase master with three channels. */
const small: Omit<MeterFileOptions, 'start'> = {
  format: 'MV_T302_V002',
  masterSerial: '',
  rows: 150,
  intervalSeconds: 600,
};
export const smallChannels = 6;
export const smallRows = small.rows;
const filesPerDevice = 100;
const devicesPerSite = 10;

/**
 * Writes one large V002 file where an import finds it.
 * @returns its rows
 */
export async function writeLargeFile(folder: string, megabytes: number): Promise<number> {
  const rows = Math.round((megabytes * megabyte) / bytesPerRow);
  const file = await fileIn(folder, 'plant', wide.masterSerial, 'T302.tsv');
  await pipeline(Readable.from(meterFileChunks({ ...wide, rows })), createWriteStream(file));
  return rows;
}

/** Writes so many small V002 files: 100 of each meter, one after the other in time, ten meters to a site. */
export async function writeSmallFiles(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const device = Math.floor(index / filesPerDevice);
    const masterSerial = `0200${String(device).padStart(4, '0')}`;
    const since = (index % filesPerDevice) * small.rows * small.intervalSeconds * 1_000;
    const text = meterFileText({ ...small, masterSerial, start: new Date(wide.start.getTime() + since) });
    const site = `site-${String(Math.floor(device / devicesPerSite)).padStart(3, '0')}`;
    const name = `T302_${String(index % filesPerDevice).padStart(3, '0')}.tsv`;
    await writeFile(await fileIn(folder, site, masterSerial, name), text);
  }
}

/**
 * Writes the rows of a meter file as `COPY` takes them, in the order of the file.
 * @param channelIds key of each of its value columns
 */
export async function writeCopyText(
  open: () => AsyncIterable<Uint8Array>,
  file: string,
  channelIds: readonly number[],
): Promise<void> {
  const target = createWriteStream(file);
  await readMeterFile(open, {
    now: new Date(),
    onRows: async (rows) => {
      if (!target.write(copyText(rows, channelIds))) await once(target, 'drain');
    },
  });
  await new Promise<void>((resolve) => target.end(resolve));
}

function copyText({ rowCount, times, values }: MeterRows, channelIds: readonly number[]): string {
  const width = channelIds.length;
  let text = '';
  for (let row = 0; row < rowCount; row++) {
    const time = new Date(times[row] as number).toISOString();
    for (let channel = 0; channel < width; channel++) {
      text += `${channelIds[channel]}\t${time}\t${values[row * width + channel]}\n`;
    }
  }
  return text;
}

async function fileIn(folder: string, ...place: [string, string, string]): Promise<string> {
  const file = path.join(folder, ...place);
  await mkdir(path.dirname(file), { recursive: true });
  return file;
}
