import { CodedError } from '#libs/errors';
import type { ReceivedBatch, RejectedRow } from '#libs/contracts';

/** The rows of a batch that can be stored, sorted by primary key, and those that cannot, by name. */
export interface CheckedRows {
  /** How many rows the columns hold. */
  length: number;
  channelId: Int32Array;
  /** Epoch milliseconds. */
  time: Float64Array;
  value: Float64Array;
  /** How many weeks, which are the chunks of the hypertable, the rows fall into. */
  weeks: number;
  rejected: RejectedRow[];
}

type Columns = Pick<CheckedRows, 'channelId' | 'time' | 'value'>;

const earliest = Date.UTC(2000, 0, 1);
const furthestAheadMs = 24 * 3_600_000;
const weekMs = 7 * 24 * 3_600_000;

/**
 * Checks the columns of a batch in one pass.
 * @param channelIds keys by the index that rows use; 0 where the customer has no such channel
 * @param now epoch milliseconds
 * @throws CodedError INGEST_BATCH_INVALID when the columns differ in length
 */
export function checkColumns(
  columns: ReceivedBatch['measurements'],
  channelIds: Int32Array,
  now: number,
): CheckedRows {
  const { channelIndex, time, value } = columns;
  if (channelIndex.length !== time.length || time.length !== value.length) {
    throw new CodedError('INGEST_BATCH_INVALID', { detail: 'channelIndex, time and value differ in length' });
  }
  const good = emptyColumns(time.length);
  const goodRows = new Int32Array(time.length);
  const rejected: RejectedRow[] = [];
  const latest = now + furthestAheadMs;
  let length = 0;
  let isSorted = true;
  for (let row = 0; row < time.length; row++) {
    const index = channelIndex[row];
    // What is not a number could name a property of the list: its length is a number, too.
    const id = typeof index === 'number' ? (channelIds[index] ?? 0) : 0;
    const at = time[row];
    const measured = value[row];
    if (!isGood(id, at, measured, latest)) {
      rejected.push({ row, ...problemOf(id, at, latest) });
      continue;
    }
    const before = length - 1;
    isSorted &&=
      length === 0 ||
      id > (good.channelId[before] ?? 0) ||
      (id === good.channelId[before] && (at as number) > (good.time[before] ?? 0));
    good.channelId[length] = id;
    good.time[length] = at as number;
    good.value[length] = measured as number;
    goodRows[length] = row;
    length += 1;
  }
  const rows = isSorted ? { ...good, length } : sortRows({ ...good, length }, goodRows, rejected);
  return { ...rows, weeks: countWeeks(rows), rejected };
}

function emptyColumns(length: number): Columns {
  return {
    channelId: new Int32Array(length),
    time: new Float64Array(length),
    value: new Float64Array(length),
  };
}

function isGood(id: number, time: unknown, value: unknown, latest: number): boolean {
  return (
    id !== 0 &&
    Number.isInteger(time) &&
    (time as number) >= earliest &&
    (time as number) <= latest &&
    Number.isFinite(value)
  );
}

function problemOf(id: number, time: unknown, latest: number): Pick<RejectedRow, 'code' | 'message'> {
  if (id === 0) return { code: 'UNKNOWN_CHANNEL', message: 'the customer has no such channel' };
  if (!Number.isInteger(time))
    return { code: 'TIME_INVALID', message: 'time must be whole epoch milliseconds' };
  if ((time as number) < earliest)
    return { code: 'TIME_OUT_OF_RANGE', message: 'time is before the year 2000' };
  if ((time as number) > latest)
    return { code: 'TIME_OUT_OF_RANGE', message: 'time is more than 24 h ahead' };
  return { code: 'VALUE_INVALID', message: 'value must be a finite number' };
}

/**
 * Sorts by primary key: batches that overlap then never wait for each other in a circle. Of rows with the same key the
 * first of the batch is kept.
 * @param rowOf index in the batch by position in `columns`
 * @param rejected the others are added here
 */
function sortRows(
  { channelId, time, value, length }: Columns & { length: number },
  rowOf: Int32Array,
  rejected: RejectedRow[],
): Columns & { length: number } {
  // A plain array: it is sorted by merging runs, and rows come in runs; a typed one is not.
  const order = Array.from({ length }, (_, position) => position);
  const channel = (position: number) => channelId[position] as number;
  const instant = (position: number) => time[position] as number;
  order.sort((a, b) => channel(a) - channel(b) || instant(a) - instant(b) || a - b);
  const sorted = emptyColumns(length);
  let kept = 0;
  for (const position of order) {
    const isDuplicate =
      kept > 0 &&
      sorted.channelId[kept - 1] === channel(position) &&
      sorted.time[kept - 1] === instant(position);
    if (isDuplicate) {
      rejected.push({
        row: rowOf[position] as number,
        code: 'DUPLICATE_IN_BATCH',
        message: 'channel and time stand in an earlier row, too',
      });
      continue;
    }
    sorted.channelId[kept] = channel(position);
    sorted.time[kept] = instant(position);
    sorted.value[kept] = value[position] as number;
    kept += 1;
  }
  return { ...sorted, length: kept };
}

function countWeeks({ time, length }: Pick<CheckedRows, 'time' | 'length'>): number {
  const weeks = new Set<number>();
  let last = -1;
  for (let position = 0; position < length; position++) {
    const week = Math.floor((time[position] as number) / weekMs);
    if (week !== last) weeks.add(week);
    last = week;
  }
  return weeks.size;
}
