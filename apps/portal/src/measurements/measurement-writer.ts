import type { EntityManager } from 'typeorm';
import { canCopy, liftDecompressionLimit } from '#libs/database';
import type { MeterRows } from '#libs/meter-files';
import { copyMeasurements, upsertMeasurements, type ChangedRow } from './measurement.queries.js';
import { RowSorter, type FileRows, type MeasurementColumns, type SortedRows } from './sorted-rows.js';

export type { MeasurementColumns } from './sorted-rows.js';

/** Rows of one statement that is no COPY. */
const statementRows = 5_000;

/** Is given the rows of a block that were new or differ from what was stored. */
type OnChanged = (rows: MeasurementColumns) => Promise<void>;

/**
 * Writes measurements in the caller's transaction, in blocks.
 * The later of two values for the same channel and time wins, in the file and against what is stored.
 *
 * A block is stored while the caller prepares the next one: `flush` after the last rows, or `settle` where the transaction is
 * given up, must have ended before the transaction does.
 */
export class MeasurementWriter {
  private readonly sorter: RowSorter;
  private readonly channelIds: number[] = [];
  private readonly indexById = new Map<number, number>();
  private readonly given: readonly number[];
  /** What is sent for the first time is new as a whole; what is sent again begins with what was there. */
  private expectsNew: boolean;
  private isLimitLifted = false;
  private storing: Promise<void> = Promise.resolve();

  /**
   * @param channelIds key of each channel, in the order of a file's value columns
   * @param onChanged undefined where nobody wants to know
   */
  constructor(
    private readonly manager: EntityManager,
    channelIds: readonly number[],
    private readonly onChanged: OnChanged | undefined,
  ) {
    this.sorter = new RowSorter(this.channelIds);
    this.given = this.addChannels(channelIds);
    this.expectsNew = canCopy(manager);
  }

  /**
   * Makes channels known to the writer.
   * @returns what rows and `onChanged` call them
   */
  addChannels(channelIds: readonly number[]): number[] {
    return channelIds.map((id) => {
      const index = this.indexById.get(id) ?? this.channelIds.push(id) - 1;
      this.indexById.set(id, index);
      return index;
    });
  }

  /**
   * Rows of a file whose value columns are the channels that the writer was made with. Values that are NaN were rejected and are left out. The rows may
   * be reused when the promise resolves.
   */
  async write(rows: MeterRows): Promise<void> {
    await this.writeFiles([{ rows, channels: this.given }]);
  }

  /** Rows of several files in the order in which they came, in one block. */
  async writeFiles(files: readonly FileRows[]): Promise<void> {
    await this.storeNext(this.sorter.sortFiles(files));
  }

  /** The same for rows that each name their channel. */
  async writeColumns(columns: MeasurementColumns): Promise<void> {
    for (let from = 0; from < columns.time.length; from += statementRows) {
      const part = (column: number[]) => column.slice(from, from + statementRows);
      const { channel, time, value } = columns;
      const rows = { channel: part(channel), time: part(time), value: part(value) };
      await this.storeNext(this.sorter.sortColumns(rows));
    }
  }

  /** Waits for what is being stored; call once after the last rows. */
  async flush(): Promise<void> {
    await this.storing;
  }

  /** Waits for what is being stored, whatever becomes of it. */
  async settle(): Promise<void> {
    await this.storing.catch(() => undefined);
  }

  /** One block is stored at a time; the next one waits in memory. */
  private async storeNext(block: SortedRows): Promise<void> {
    await this.storing;
    this.storing = this.store(block).then(() => this.sorter.giveBack(block));
    // Whoever waits for it next is told.
    this.storing.catch(() => undefined);
  }

  private async store(block: SortedRows): Promise<void> {
    if (block.length === 0) return;
    if (this.expectsNew && (await copyMeasurements(this.manager, block))) {
      await this.onChanged?.(columnsOf(block));
      return;
    }
    await this.upsert(block);
  }

  private async upsert(block: SortedRows): Promise<void> {
    if (!this.isLimitLifted) await liftDecompressionLimit(this.manager);
    this.isLimitLifted = true;
    let inserted = 0;
    for (let from = 0; from < block.length; from += statementRows) {
      const rows = await upsertMeasurements(this.manager, slice(block, from, from + statementRows));
      inserted += rows.filter((row) => row.inserted).length;
      if (rows.length > 0) await this.onChanged?.(this.changedColumns(rows));
    }
    this.expectsNew = canCopy(this.manager) && inserted === block.length;
  }

  private changedColumns(rows: readonly ChangedRow[]): MeasurementColumns {
    return {
      channel: rows.map(({ channelId }) => this.indexById.get(channelId) as number),
      time: rows.map(({ time }) => time),
      value: rows.map(({ value }) => value),
    };
  }
}

function slice({ length, channelId, time, value }: SortedRows, from: number, end: number) {
  const to = Math.min(end, length);
  return {
    length: to - from,
    channelId: channelId.subarray(from, to),
    time: time.subarray(from, to),
    value: value.subarray(from, to),
  };
}

function columnsOf({ length, channel, time, value }: SortedRows): MeasurementColumns {
  const list = (column: Int32Array | Float64Array) => Array.from(column.subarray(0, length));
  return { channel: list(channel), time: list(time), value: list(value) };
}
