import { describe, expect, it } from 'vitest';
import { checkColumns, type CheckedRows } from './check-columns.js';

const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;

/** Rows of `[index, time, value]` of a customer whose channels have the keys 70 and 30; the third is not his. */
function check(...rows: [index: unknown, time: unknown, value: unknown][]) {
  const [channelIndex, time, value] = [0, 1, 2].map((column) => rows.map((row) => row[column]));
  const columns = { channels: [], channelIndex: channelIndex ?? [], time: time ?? [], value: value ?? [] };
  return plain(checkColumns(columns, Int32Array.of(70, 30, 0), now));
}

/** As lists of what is stored: the columns are longer when rows were rejected. */
function plain({ channelId, time, value, length, weeks, rejected }: CheckedRows) {
  const [channelIds, times, values] = [channelId, time, value].map((column) => [
    ...column.subarray(0, length),
  ]);
  return { channelId: channelIds, time: times ?? [], value: values, weeks, rejected };
}

describe('checkColumns', () => {
  it('sorts good rows by key and time, so that two batches never wait for each other in a circle', () => {
    expect(check([0, now - 1, 1], [1, now - 2, 2], [0, now - 3, 3])).toEqual({
      channelId: [30, 70, 70],
      time: [now - 2, now - 3, now - 1],
      value: [2, 3, 1],
      weeks: 1,
      rejected: [],
    });
  });

  it.each<[string, [unknown, unknown, unknown]]>([
    ['UNKNOWN_CHANNEL', [2, now, 1]],
    ['UNKNOWN_CHANNEL', [3, now, 1]],
    ['UNKNOWN_CHANNEL', [-1, now, 1]],
    ['UNKNOWN_CHANNEL', [0.5, now, 1]],
    ['UNKNOWN_CHANNEL', ['0', now, 1]],
    ['UNKNOWN_CHANNEL', [null, now, 1]],
    // The length of the list is a number that could be the key of somebody else's channel.
    ['UNKNOWN_CHANNEL', ['length', now, 1]],
    ['TIME_INVALID', [0, now + 0.5, 1]],
    ['TIME_INVALID', [0, `${now}`, 1]],
    ['TIME_INVALID', [0, Number.NaN, 1]],
    ['TIME_INVALID', [0, Number.POSITIVE_INFINITY, 1]],
    ['TIME_OUT_OF_RANGE', [0, Date.UTC(2000, 0, 1) - 1, 1]],
    ['TIME_OUT_OF_RANGE', [0, now + day + 1, 1]],
    ['TIME_OUT_OF_RANGE', [0, -8e15, 1]],
    ['VALUE_INVALID', [0, now, null]],
    ['VALUE_INVALID', [0, now, 'NaN']],
    ['VALUE_INVALID', [0, now, Number.POSITIVE_INFINITY]],
    ['VALUE_INVALID', [0, now, false]],
  ])('rejects with %s the row %j', (code, row) => {
    const checked = check([0, now - 1, 1], row);
    expect(checked.rejected).toEqual([{ row: 1, code, message: expect.any(String) }]);
    expect(checked.time).toEqual([now - 1]);
  });

  it('takes the ends of the range, negative values and zero', () => {
    const checked = check([0, Date.UTC(2000, 0, 1), -1e300], [0, now + day, 0]);
    expect(checked.rejected).toEqual([]);
    expect(checked.value).toEqual([-1e300, 0]);
  });

  it('keeps the first of the rows of the same channel and time, by any index', () => {
    const columns = { channels: [], channelIndex: [0, 1, 0], time: [now, now, now], value: [1, 2, 3] };
    const checked = plain(checkColumns(columns, Int32Array.of(70, 70), now));
    expect(checked.value).toEqual([1]);
    expect(checked.rejected.map(({ row, code }) => [row, code])).toEqual([
      [1, 'DUPLICATE_IN_BATCH'],
      [2, 'DUPLICATE_IN_BATCH'],
    ]);
  });

  it('accounts for every row', () => {
    const checked = check([0, now, 1], [0, now, 2], [9, now, 1], [1, 0, 1], [1, now, 'x'], [1, now, 5]);
    expect(checked.time.length + checked.rejected.length).toBe(6);
  });

  it('names the row of the batch that a duplicate is, whatever was rejected before it', () => {
    const checked = check([2, now, 1], [0, now, 1], [1, now, 1], [0, now, 2]);
    expect(checked.rejected.map(({ row, code }) => [row, code])).toEqual([
      [0, 'UNKNOWN_CHANNEL'],
      [3, 'DUPLICATE_IN_BATCH'],
    ]);
    expect([checked.channelId, checked.value]).toEqual([
      [30, 70],
      [1, 1],
    ]);
  });

  it('leaves rows that are in order as they are', () => {
    const rows = [0, 1, 2, 3].map((minute): [number, number, number] => [
      0,
      now - 240_000 + minute * 60_000,
      minute,
    ]);
    expect(check(...rows).value).toEqual([0, 1, 2, 3]);
  });

  it('counts the weeks that good rows fall into, from Thursday to Wednesday in UTC as the chunks do', () => {
    const thursday = Date.UTC(2026, 4, 28);
    expect(check([0, thursday - 1, 1], [1, thursday - 1, 1]).weeks).toBe(1);
    expect(check([0, thursday - 1, 1], [0, thursday, 1], [1, thursday - 1, 1], [2, 0, 1]).weeks).toBe(2);
    expect(check().weeks).toBe(0);
  });

  it('takes no columns of different lengths', () => {
    const columns = { channels: [], channelIndex: [0, 0], time: [now], value: [1, 2] };
    expect(() => checkColumns(columns, Int32Array.of(70), now)).toThrow('differ in length');
  });
});
