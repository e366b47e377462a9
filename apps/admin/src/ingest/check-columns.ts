import { CodedError } from '#libs/errors';
import type { ReceivedBatch, RejectedRow } from '#libs/contracts';

/** The rows of a batch that can be stored, sorted by primary key, and those that cannot, by name. */
export interface CheckedRows {
  channelId: number[];
  /** Epoch milliseconds. */
  time: number[];
  value: number[];
  rejected: RejectedRow[];
}

const earliest = Date.UTC(2000, 0, 1);
const furthestAheadMs = 24 * 3_600_000;

/**
 * Checks the columns of a batch in one pass.
 * @param channelIds keys by the index that rows use; undefined where the customer has no such channel
 * @param now epoch milliseconds
 * @throws CodedError INGEST_BATCH_INVALID when the columns differ in length
 */
export function checkColumns(
  columns: ReceivedBatch['measurements'],
  channelIds: readonly (number | undefined)[],
  now: number,
): CheckedRows {
  const { channelIndex, time, value } = columns;
  if (channelIndex.length !== time.length || time.length !== value.length) {
    throw new CodedError('INGEST_BATCH_INVALID', { detail: 'channelIndex, time and value differ in length' });
  }
  const rejected: RejectedRow[] = [];
  const order: number[] = [];
  for (let row = 0; row < time.length; row++) {
    const index = channelIndex[row];
    // Anything else could name a property of the list: its length is a number, too.
    const channelId = Number.isInteger(index) ? channelIds[index as number] : undefined;
    const problem = problemOf(channelId, time[row], value[row], now);
    if (problem === undefined) order.push(row);
    else rejected.push({ row, ...problem });
  }
  const channel = (row: number) => channelIds[channelIndex[row] as number] as number;
  const instant = (row: number) => time[row] as number;
  order.sort((a, b) => channel(a) - channel(b) || instant(a) - instant(b) || a - b);
  const kept = order.filter((row, position) => {
    const before = order[position - 1];
    if (before === undefined || channel(before) !== channel(row) || instant(before) !== instant(row))
      return true;
    rejected.push({
      row,
      code: 'DUPLICATE_IN_BATCH',
      message: 'channel and time stand in an earlier row, too',
    });
    return false;
  });
  return {
    channelId: kept.map(channel),
    time: kept.map(instant),
    value: kept.map((row) => value[row] as number),
    rejected,
  };
}

function problemOf(
  channelId: number | undefined,
  time: unknown,
  value: unknown,
  now: number,
): Pick<RejectedRow, 'code' | 'message'> | undefined {
  if (channelId === undefined)
    return { code: 'UNKNOWN_CHANNEL', message: 'the customer has no such channel' };
  if (!Number.isInteger(time))
    return { code: 'TIME_INVALID', message: 'time must be whole epoch milliseconds' };
  if ((time as number) < earliest)
    return { code: 'TIME_OUT_OF_RANGE', message: 'time is before the year 2000' };
  if ((time as number) > now + furthestAheadMs) {
    return { code: 'TIME_OUT_OF_RANGE', message: 'time is more than 24 h ahead' };
  }
  if (!Number.isFinite(value)) return { code: 'VALUE_INVALID', message: 'value must be a finite number' };
  return undefined;
}
