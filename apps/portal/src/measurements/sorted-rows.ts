import type { RowColumns } from '#libs/database';
import type { MeterRows } from '#libs/meter-files';

/** Rows in the order of the primary key, each key once; `channel` is the writer's index of the channel. */
export interface SortedRows extends RowColumns {
  channel: Int32Array;
}

/** Measurements by column; `channel[i]` is an index into the writer's channels, `time[i]` epoch milliseconds. */
export interface MeasurementColumns {
  channel: number[];
  time: number[];
  value: number[];
}

/** Rows of a meter file, and which of the writer's channels its value columns are. */
export interface FileRows {
  rows: MeterRows;
  channels: readonly number[];
}

/**
 * Brings rows into the order of the primary key, so that two writers never wait for each other in a circle. Of two values for
 * the same channel and time the later one is kept.
 */
export class RowSorter {
  /** Results that were given back: to reuse memory is cheaper than to collect it. */
  private readonly spare: SortedRows[] = [];

  /** @param channelIds key of each of the writer's channels */
  constructor(private readonly channelIds: readonly number[]) {}

  /** Values that are NaN are left out: they were rejected, and erase nothing. */
  sortFiles(parts: readonly FileRows[]): SortedRows {
    const size = parts.reduce((sum, { rows, channels }) => sum + rows.rowCount * channels.length, 0);
    const sorted = this.take(size);
    for (const [id, columns] of this.columnsById(parts)) {
      const from = sorted.length;
      for (const { rows, column, width, channel } of columns) {
        for (let row = 0; row < rows.rowCount; row++) {
          const value = rows.values[row * width + column] as number;
          if (!Number.isNaN(value)) append(sorted, channel, id, rows.times[row] as number, value);
        }
      }
      orderByTime(sorted, from);
    }
    return sorted;
  }

  sortColumns({ channel, time, value }: MeasurementColumns): SortedRows {
    const sorted = this.take(time.length);
    const id = (row: number) => this.channelIds[channel[row] as number] as number;
    const order = time.map((_, row) => row).toSorted((a, b) => id(a) - id(b) || a - b);
    let from = 0;
    for (const row of order) {
      if (sorted.length > from && sorted.channelId[from] !== id(row)) {
        orderByTime(sorted, from);
        from = sorted.length;
      }
      append(sorted, channel[row] as number, id(row), time[row] as number, value[row] as number);
    }
    orderByTime(sorted, from);
    return sorted;
  }

  /** The rows are not used any more. */
  giveBack(rows: SortedRows): void {
    this.spare.push(rows);
  }

  /** By ascending id; the columns of an id as they came. */
  private columnsById(parts: readonly FileRows[]) {
    const byId = new Map<number, { rows: MeterRows; column: number; width: number; channel: number }[]>();
    for (const { rows, channels } of parts) {
      for (const [column, channel] of channels.entries()) {
        const id = this.channelIds[channel] as number;
        const found = byId.get(id) ?? [];
        found.push({ rows, column, width: channels.length, channel });
        byId.set(id, found);
      }
    }
    return [...byId].toSorted(([a], [b]) => a - b);
  }

  private take(rows: number): SortedRows {
    const found = this.spare.pop();
    if (found !== undefined && found.time.length >= rows) return Object.assign(found, { length: 0 });
    return {
      length: 0,
      channel: new Int32Array(rows),
      channelId: new Int32Array(rows),
      time: new Float64Array(rows),
      value: new Float64Array(rows),
    };
  }
}

function append(rows: SortedRows, channel: number, channelId: number, time: number, value: number): void {
  const at = rows.length++;
  rows.channel[at] = channel;
  rows.channelId[at] = channelId;
  rows.time[at] = time;
  rows.value[at] = value;
}

/** Orders the rows of one channel, which are those from `from` on, and keeps the last of each time. */
function orderByTime(rows: SortedRows, from: number): void {
  const { time } = rows;
  let at = from + 1;
  while (at < rows.length && (time[at] as number) > (time[at - 1] as number)) at += 1;
  if (at >= rows.length) return;
  const order = Array.from({ length: rows.length - from }, (_, index) => from + index).toSorted(
    (a, b) => (time[a] as number) - (time[b] as number) || a - b,
  );
  const [times, values] = [rows.time.slice(from, rows.length), rows.value.slice(from, rows.length)];
  const channels = rows.channel.slice(from, rows.length);
  const channelId = rows.channelId[from] as number;
  rows.length = from;
  for (const row of order) {
    if (rows.length > from && time[rows.length - 1] === times[row - from]) rows.length -= 1;
    append(
      rows,
      channels[row - from] as number,
      channelId,
      times[row - from] as number,
      values[row - from] as number,
    );
  }
}
