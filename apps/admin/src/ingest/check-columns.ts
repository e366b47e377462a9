import { CodedError } from '#libs/errors';
import type { RowColumns } from '#libs/database';
import { maxBatchRows, type ReceivedBatch, type RejectedRow } from '#libs/contracts';
import { emptyColumns, presort, sortRows } from './sort-rows.js';

/**
 * The rows of a batch that can be stored, sorted by primary key, and those that cannot, by name. The columns are memory
 * that the next check uses again: encode them before anything is awaited.
 */
export interface CheckedRows extends RowColumns {
  /** Time of the newest row in epoch milliseconds, null without rows. */
  newest: number | null;
  /** How many weeks, which are the chunks of the hypertable, the rows fall into. */
  weeks: number;
  rejected: RejectedRow[];
}

const duplicate = {
  code: 'DUPLICATE_IN_BATCH',
  message: 'channel and time stand in an earlier row, too',
} as const;

const earliest = Date.UTC(2000, 0, 1);
const furthestAheadMs = 24 * 3_600_000;
const weekMs = 7 * 24 * 3_600_000;

/** Fresh memory for each batch had the garbage collector run three times a second. */
const scratch = {
  good: emptyColumns(maxBatchRows),
  sorted: emptyColumns(maxBatchRows),
  goodRows: new Int32Array(maxBatchRows),
  slot: new Int32Array(maxBatchRows),
};

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
  const { good, goodRows, slot } = scratch;
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
    slot[length] = index as number;
    length += 1;
  }
  const found = { ...good, length };
  const drop = (position: number) => {
    rejected.push({ row: goodRows[position] as number, ...duplicate });
  };
  const order = () => presort(slot.subarray(0, length), channelIds);
  const rows = isSorted ? found : sortRows(found, order(), drop, scratch.sorted);
  return { ...rows, weeks: countWeeks(rows), newest: newestOf(rows), rejected };
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

function newestOf({ time, length }: RowColumns): number | null {
  let newest: number | null = null;
  for (let row = 0; row < length; row++) newest = Math.max(newest ?? 0, time[row] as number);
  return newest;
}

function countWeeks({ time, length }: RowColumns): number {
  const weeks = new Set<number>();
  let last = -1;
  for (let position = 0; position < length; position++) {
    const week = Math.floor((time[position] as number) / weekMs);
    if (week !== last) weeks.add(week);
    last = week;
  }
  return weeks.size;
}
