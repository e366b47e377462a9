/** Measurements by column. The columns may be longer than `length`. */
export interface RowColumns {
  length: number;
  channelId: Int32Array;
  /** Epoch milliseconds. */
  time: Float64Array;
  value: Float64Array;
}

/** PostgreSQL counts time from here, in microseconds. */
const postgresEpoch = Date.UTC(2000, 0, 1);

const copySignature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const ownBytes = 2 + 3 * 4 + 4 + 8 + 8;
const keyBytes = 4 + 4;
const int32 = 2 ** 32;

/**
 * Length of so many rows, encoded.
 * @param keys how many columns stand before the channel's
 */
export function copyBytes(rows: number, keys: number): number {
  return copySignature.length + rows * (ownBytes + keys * keyBytes) + 2;
}

/**
 * Rows of (…keys, channel_id, time, value) as `COPY … (FORMAT binary)` takes them: without text, PostgreSQL has
 * nothing to parse. https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4
 * @param keys integers that are the same in each row
 * @param into long enough for `copyBytes(length, keys.length)`
 */
export function encodeCopy(
  keys: readonly number[],
  { length, channelId, time, value }: RowColumns,
  into: Buffer = Buffer.allocUnsafe(copyBytes(length, keys.length)),
): Buffer {
  const buffer = into.subarray(0, copyBytes(length, keys.length));
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  copySignature.copy(buffer);
  let at = copySignature.length;
  for (let row = 0; row < length; row++) {
    view.setInt16(at, keys.length + 3);
    at += 2;
    for (const key of keys) {
      view.setInt32(at, 4);
      view.setInt32(at + 4, key);
      at += keyBytes;
    }
    view.setInt32(at, 4);
    view.setInt32(at + 4, channelId[row] as number);
    view.setInt32(at + 8, 8);
    writeInstant(view, at + 12, time[row] as number);
    view.setInt32(at + 20, 8);
    view.setFloat64(at + 24, value[row] as number);
    at += ownBytes - 2;
  }
  view.setInt16(at, -1);
  return buffer;
}

/** Columns as binary arrays, which a statement takes in place of text: `int4[]`, `timestamptz[]`, `float8[]`. */
export function encodeArrays({ length, channelId, time, value }: RowColumns) {
  return {
    channelId: encodeArray(length, 23, 4, (view, at, row) => view.setInt32(at, channelId[row] as number)),
    time: encodeArray(length, 1184, 8, (view, at, row) => writeInstant(view, at, time[row] as number)),
    value: encodeArray(length, 701, 8, (view, at, row) => view.setFloat64(at, value[row] as number)),
  };
}

/** @param oid type of the elements, as PostgreSQL numbers it */
function encodeArray(
  length: number,
  oid: number,
  elementBytes: number,
  write: (view: DataView, at: number, row: number) => void,
): Buffer {
  const buffer = Buffer.allocUnsafe(20 + length * (4 + elementBytes));
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  // One dimension, no NULL, type, length, lower bound 1.
  [1, 0, oid, length, 1].forEach((word, index) => view.setInt32(index * 4, word));
  for (let row = 0; row < length; row++) {
    const at = 20 + row * (4 + elementBytes);
    view.setInt32(at, elementBytes);
    write(view, at + 4, row);
  }
  return buffer;
}

/** In two halves: a BigInt for each row would cost more than all the rest. */
function writeInstant(view: DataView, at: number, epochMs: number): void {
  const microseconds = (epochMs - postgresEpoch) * 1_000;
  view.setUint32(at, Math.floor(microseconds / int32));
  view.setUint32(at + 4, microseconds % int32);
}
