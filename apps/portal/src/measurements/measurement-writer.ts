import type { EntityManager } from 'typeorm';
import type { MeterRows } from '#libs/meter-files';

/** Measurements by column; `channel[i]` is an index into the writer's channels, `time[i]` epoch milliseconds. */
export interface MeasurementColumns {
  channel: number[];
  time: number[];
  value: number[];
}

/** Rows of one statement. */
const flushRows = 5_000;

/**
 * Writes a meter file's rows in the caller's transaction, in blocks.
 * The later of two values for the same channel and time wins, in the file and against what is stored.
 */
export class MeasurementWriter {
  #pending: MeasurementColumns = emptyColumns();

  /**
   * @param channelIds key of each of the file's value columns
   * @param onChanged is given the rows of a block that were new or differ from what was stored
   */
  constructor(
    private readonly manager: EntityManager,
    private readonly channelIds: readonly number[],
    private readonly onChanged: (rows: MeasurementColumns) => Promise<void>,
  ) {}

  /** Values that are NaN were rejected and are left out. */
  async write(rows: MeterRows): Promise<void> {
    const channelCount = this.channelIds.length;
    for (let row = 0; row < rows.rowCount; row++) {
      const time = rows.times[row] as number;
      for (let channel = 0; channel < channelCount; channel++) {
        const value = rows.values[row * channelCount + channel] as number;
        if (Number.isNaN(value)) continue;
        this.#pending.channel.push(channel);
        this.#pending.time.push(time);
        this.#pending.value.push(value);
      }
      if (this.#pending.time.length + channelCount > flushRows) await this.flush();
    }
  }

  /** The same for rows that each name their channel. */
  async writeColumns({ channel, time, value }: MeasurementColumns): Promise<void> {
    for (let row = 0; row < time.length; row++) {
      this.#pending.channel.push(channel[row] as number);
      this.#pending.time.push(time[row] as number);
      this.#pending.value.push(value[row] as number);
      if (this.#pending.time.length === flushRows) await this.flush();
    }
  }

  /** Writes what is left; call once after the last rows. */
  async flush(): Promise<void> {
    const block = sortedWithoutDuplicates(this.#pending, this.channelIds);
    this.#pending = emptyColumns();
    if (block.time.length === 0) return;
    const stored: { channelId: number; time: number; value: number }[] = await this.manager.query(
      `INSERT INTO monitoring.measurement (channel_id, time, value)
       SELECT channel_id, to_timestamp(time / 1000.0), value
       FROM unnest($1::int[], $2::float8[], $3::float8[]) AS block (channel_id, time, value)
       ON CONFLICT (channel_id, time) DO UPDATE SET value = excluded.value
         WHERE measurement.value IS DISTINCT FROM excluded.value
       RETURNING channel_id AS "channelId", (extract(epoch FROM time) * 1000)::float8 AS time, value`,
      [block.channel.map((channel) => this.channelIds[channel]), block.time, block.value],
    );
    const indexById = new Map(this.channelIds.map((id, index) => [id, index]));
    const changed = emptyColumns();
    for (const row of stored) {
      changed.channel.push(indexById.get(row.channelId) as number);
      changed.time.push(row.time);
      changed.value.push(row.value);
    }
    if (changed.time.length > 0) await this.onChanged(changed);
  }
}

function emptyColumns(): MeasurementColumns {
  return { channel: [], time: [], value: [] };
}

/** In the order of the primary key, so that two writers never wait for each other in a circle; the last duplicate stays. */
function sortedWithoutDuplicates(
  rows: MeasurementColumns,
  channelIds: readonly number[],
): MeasurementColumns {
  const key = (row: number) => channelIds[rows.channel[row] as number] as number;
  const time = (row: number) => rows.time[row] as number;
  const order = rows.time
    .map((_, row) => row)
    .toSorted((a, b) => key(a) - key(b) || time(a) - time(b) || a - b);
  const last = order.filter((row, position) => {
    const next = order[position + 1];
    return next === undefined || key(next) !== key(row) || time(next) !== time(row);
  });
  return {
    channel: last.map((row) => rows.channel[row] as number),
    time: last.map(time),
    value: last.map((row) => rows.value[row] as number),
  };
}
