import { describe, expect, it } from 'vitest';
import type { MeterRows } from '#libs/meter-files';
import { seededRandom } from '../../../../test/fixtures/collected-meter-file.js';
import { RowSorter, type SortedRows } from './sorted-rows.js';

/** A block of rows `[time, ...values]`. */
function block(...rows: number[][]): MeterRows {
  return {
    rowCount: rows.length,
    times: Float64Array.from(rows.map(([time]) => time ?? 0)),
    values: Float64Array.from(rows.flatMap(([, ...values]) => values)),
  };
}

/** As `[channel id, time, value, channel]`. */
function list({ length, channelId, time, value, channel }: SortedRows) {
  return Array.from({ length }, (_, row) => [channelId[row], time[row], value[row], channel[row]]);
}

describe('sortFiles', () => {
  it('is the order of the primary key, with the index of the channel', () => {
    const rows = block([2_000, 1, 2], [1_000, 3, 4]);
    expect(list(new RowSorter([70, 30]).sortFiles([{ rows, channels: [0, 1] }]))).toEqual([
      [30, 1_000, 4, 1],
      [30, 2_000, 2, 1],
      [70, 1_000, 3, 0],
      [70, 2_000, 1, 0],
    ]);
  });

  it('lets the later of two values win, and a rejected one erases nothing', () => {
    const rows = block([1_000, 1, 10], [1_000, 2, Number.NaN], [1_000, Number.NaN, 30]);
    expect(list(new RowSorter([70, 30]).sortFiles([{ rows, channels: [0, 1] }]))).toEqual([
      [30, 1_000, 30, 1],
      [70, 1_000, 2, 0],
    ]);
  });

  it('lets the later of two columns of the same channel win', () => {
    const rows = block([1_000, 1, 2]);
    expect(list(new RowSorter([70]).sortFiles([{ rows, channels: [0, 0] }]))).toEqual([[70, 1_000, 2, 0]]);
  });

  it('lets the later of two files win, whatever channels they share', () => {
    const parts = [
      { rows: block([1_000, 1, 2], [3_000, 5, 6]), channels: [0, 1] },
      { rows: block([1_000, 7, 8], [2_000, 9, Number.NaN]), channels: [1, 2] },
    ];
    expect(list(new RowSorter([10, 20, 30]).sortFiles(parts))).toEqual([
      [10, 1_000, 1, 0],
      [10, 3_000, 5, 0],
      [20, 1_000, 7, 1],
      [20, 2_000, 9, 1],
      [20, 3_000, 6, 1],
      [30, 1_000, 8, 2],
    ]);
  });

  it('uses memory again that was given back', () => {
    const sorter = new RowSorter([70]);
    const first = sorter.sortFiles([{ rows: block([1_000, 1], [2_000, 2]), channels: [0] }]);
    sorter.giveBack(first);
    const second = sorter.sortFiles([{ rows: block([3_000, 3]), channels: [0] }]);
    expect(second.time).toBe(first.time);
    expect(list(second)).toEqual([[70, 3_000, 3, 0]]);
  });

  it('is what a map of keys comes to, for files of any rows', () => {
    const random = seededRandom(3);
    const upTo = (most: number) => Math.floor(random() * most);
    for (let round = 0; round < 200; round++) {
      const channelIds = Array.from({ length: 4 }, (_, index) => 10 * (4 - index));
      const parts = Array.from({ length: 1 + upTo(3) }, () => {
        const channels = Array.from({ length: 1 + upTo(4) }, () => upTo(4));
        const value = () => (random() < 0.2 ? Number.NaN : upTo(1_000));
        const rows = block(...Array.from({ length: upTo(8) }, () => [upTo(6), ...channels.map(value)]));
        return { rows, channels };
      });
      const winners = new Map<string, number>();
      for (const { rows, channels } of parts) {
        for (let row = 0; row < rows.rowCount; row++) {
          for (const [column, channel] of channels.entries()) {
            const value = rows.values[row * channels.length + column] ?? Number.NaN;
            const key = `${channelIds[channel]} ${rows.times[row]}`;
            // Of two columns of one channel the first one's rows stand before the second one's.
            if (!Number.isNaN(value) && channels.indexOf(channel) === column) winners.set(key, value);
          }
        }
      }
      const distinct = parts.map(({ rows, channels }) => ({
        rows: withoutRepeats(rows, channels),
        channels,
      }));
      const sorted = list(new RowSorter(channelIds).sortFiles(distinct));
      const keys = sorted.map(([id = 0, time = 0]) => id * 1_000 + time);
      expect(keys).toEqual(keys.toSorted((a, b) => a - b));
      expect(new Map(sorted.map(([id, time, value]) => [`${id} ${time}`, value]))).toEqual(winners);
    }
  });
});

/** The columns of a channel that is there before already hold nothing. */
function withoutRepeats({ rowCount, times, values }: MeterRows, channels: readonly number[]): MeterRows {
  const own = values.map((value, index) => {
    const column = index % channels.length;
    return channels.indexOf(channels[column] ?? -1) === column ? value : Number.NaN;
  });
  return { rowCount, times, values: own };
}

describe('sortColumns', () => {
  it('takes rows that each name their channel', () => {
    const columns = { channel: [1, 0, 1, 0], time: [5, 4, 3, 4], value: [1, 2, 3, 4] };
    expect(list(new RowSorter([70, 30]).sortColumns(columns))).toEqual([
      [30, 3, 3, 1],
      [30, 5, 1, 1],
      [70, 4, 4, 0],
    ]);
  });
});
