import { describe, expect, it } from 'vitest';
import { encodeArrays, encodeCopy } from './row-encoding.js';

/** Two rows, in columns that are longer than that. */
const rows = {
  length: 2,
  channelId: Int32Array.of(7, 8, 9),
  time: Float64Array.of(Date.UTC(2000, 0, 1), Date.UTC(2026, 0, 5, 1, 2, 3, 4), 0),
  value: Float64Array.of(-1.5, 1e300, 0),
};
const later = BigInt(Date.UTC(2026, 0, 5, 1, 2, 3, 4) - Date.UTC(2000, 0, 1)) * 1_000n;

describe('encodeCopy', () => {
  it('is what PostgreSQL documents: signature, flags, rows with the length before each field, end', () => {
    const bytes = encodeCopy([5], rows);
    expect(bytes.subarray(0, 11).toString('latin1')).toBe('PGCOPY\n\u00ff\r\n\0');
    expect(bytes.subarray(11, 19)).toEqual(Buffer.alloc(8));
    const second = bytes.subarray(19 + 42, 19 + 84);
    expect(second.readInt16BE(0)).toBe(4);
    expect([second.readInt32BE(2), second.readInt32BE(6)]).toEqual([4, 5]);
    expect([second.readInt32BE(10), second.readInt32BE(14)]).toEqual([4, 8]);
    expect([second.readInt32BE(18), second.readBigInt64BE(22)]).toEqual([8, later]);
    expect([second.readInt32BE(30), second.readDoubleBE(34)]).toEqual([8, 1e300]);
    expect(bytes.subarray(19 + 84)).toEqual(Buffer.from([0xff, 0xff]));
  });

  it('begins with the channel where no key stands before it', () => {
    const bytes = encodeCopy([], rows);
    expect([bytes.readInt16BE(19), bytes.readInt32BE(21), bytes.readInt32BE(25)]).toEqual([3, 4, 7]);
    expect(bytes).toHaveLength(19 + 2 * 34 + 2);
  });
});

describe('encodeArrays', () => {
  it('is one dimension of the type without NULL', () => {
    const { channelId, time, value } = encodeArrays(rows);
    const header = (bytes: Buffer) => [0, 4, 8, 12, 16].map((at) => bytes.readInt32BE(at));
    expect([channelId, time, value].map(header)).toEqual([
      [1, 0, 23, 2, 1],
      [1, 0, 1184, 2, 1],
      [1, 0, 701, 2, 1],
    ]);
    expect([channelId.length, time.length, value.length]).toEqual([36, 44, 44]);
    expect([channelId.readInt32BE(20), channelId.readInt32BE(24)]).toEqual([4, 7]);
    expect([time.readInt32BE(32), time.readBigInt64BE(36)]).toEqual([8, later]);
    expect(value.readDoubleBE(24)).toBe(-1.5);
  });
});
