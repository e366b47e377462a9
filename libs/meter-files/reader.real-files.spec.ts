import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { testNow } from '../../test/fixtures/collected-meter-file.js';
import { readMeterFile } from './reader.js';

/** Files of real meters, which lie beside the repository on our machines and are not part of it. */
const folder = path.resolve(import.meta.dirname, '../../../shared/meter-files/acme');

function read(file: string): ReturnType<typeof readMeterFile> {
  return readMeterFile(() => createReadStream(path.join(folder, file)), { now: testNow });
}

const expected = [
  { file: 'camp_base/02001283/T202_251022_121951.tsv', rows: 21, points: 114, truncated: 0, suspicious: 1 },
  { file: 'camp_base/02001283/T302_251024_204336.tsv', rows: 349, points: 2076, truncated: 0, suspicious: 2 },
  { file: 'camp_base/02001283/T302_251101_031719.tsv', rows: 80, points: 480, truncated: 1, suspicious: 0 },
  {
    file: 'camp_base/02001283/T302_260109_102002.tsv',
    rows: 2464,
    points: 14_784,
    truncated: 1,
    suspicious: 0,
  },
  { file: 'camp_base/02001283/T302_260109_133915.tsv', rows: 0, points: 0, truncated: 0, suspicious: 0 },
  { file: 'campaign1/02001084/T302_251012_031720.tsv', rows: 143, points: 4290, truncated: 0, suspicious: 0 },
  {
    file: 'format_v003/02001311/T302_260122_162658_UTC.tsv',
    rows: 134,
    points: 792,
    truncated: 0,
    suspicious: 0,
  },
  {
    file: 'v003_slaves/02000800/T302_260208_211459_UTC.tsv',
    rows: 6,
    points: 72,
    truncated: 0,
    suspicious: 0,
  },
];

describe.skipIf(!existsSync(folder))(
  'real meter files (skipped where ../shared/meter-files/acme is absent)',
  () => {
    test.each(expected)('$file', async ({ file, rows, points, truncated, suspicious }) => {
      const report = await read(file);
      expect(report).toMatchObject({
        rows,
        points,
        rejectedRows: { truncated, timestamp: 0 },
        rejectedValues: 0,
        suspiciousTimes: suspicious,
        incomplete: truncated > 0,
        format: `MV_${path.basename(file).slice(0, 4)}_${file.includes('v003') ? 'V003' : 'V002'}`,
      });
    });

    test('the empty one is refused', async () => {
      await expect(read('camp_base/02001283/T302_260109_120045.tsv')).rejects.toMatchObject({
        code: 'METER_FILE_EMPTY',
        bytes: 0,
      });
    });

    test('together they hold 22,608 points', async () => {
      const reports = await Promise.all(expected.map(({ file }) => read(file)));
      expect(reports.reduce((sum, { points }) => sum + points, 0)).toBe(22_608);
    });

    test('labels: a master with slaves, a single-phase master, and the header naming another device than the folder', async () => {
      const labels = async (file: string): Promise<string> =>
        (await read(file)).channels.map(({ deviceSerial, label }) => `${deviceSerial}/${label}`).join(' ');
      expect(await labels('v003_slaves/02000800/T302_260208_211459_UTC.tsv')).toBe(
        '02000800/U1 02000800/U2 02000800/U3 02000800/Ch1 02000800/Ch2 02000800/Ch3 ' +
          '04001002/Ch1 04001002/Ch2 04001002/Ch3 04001002/Ch4 04001002/Ch5 04001002/Ch6',
      );
      expect(await labels('format_v003/02001311/T302_260122_162658_UTC.tsv')).toBe(
        '02001311/U1 02001311/Ch1 02001311/Ch2 02001311/Ch3 02001311/Ch4 02001311/Ch5',
      );
      expect((await read('campaign1/02001084/T302_251012_031720.tsv')).masterSerial).toBe('02001171');
    });
  },
);
