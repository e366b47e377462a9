import type { EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { MeasurementWriter, type MeasurementColumns } from './measurement-writer.js';

/** A table in memory: answers an insert with the rows that were new or differ, as the statement does. */
class Table {
  readonly statements: MeasurementColumns[] = [];
  readonly #stored = new Map<string, number>();

  manager(): EntityManager {
    const query = async (_sql: string, [channelIds, times, values]: [number[], number[], number[]]) => {
      this.statements.push({ channel: channelIds, time: times, value: values });
      const rows = times.map((time, row) => ({
        channelId: channelIds[row] ?? -1,
        time,
        value: values[row] ?? Number.NaN,
      }));
      const changed = rows.filter(
        ({ channelId, time, value }) => this.#stored.get(`${channelId} ${time}`) !== value,
      );
      for (const { channelId, time, value } of rows) this.#stored.set(`${channelId} ${time}`, value);
      return changed;
    };
    return { query } as unknown as EntityManager;
  }
}

/** A block of rows `[time, ...values]`. */
function block(...rows: number[][]) {
  return {
    rowCount: rows.length,
    times: Float64Array.from(rows.map(([time]) => time ?? 0)),
    values: Float64Array.from(rows.flatMap(([, ...values]) => values)),
  };
}

function writerOf(table: Table, channelIds: number[]) {
  const changed: MeasurementColumns[] = [];
  const writer = new MeasurementWriter(table.manager(), channelIds, async (rows) => {
    changed.push(rows);
  });
  return { writer, changed };
}

describe('MeasurementWriter', () => {
  it('writes in the order of the primary key, and tells of the changed rows by index of the column', async () => {
    const table = new Table();
    const { writer, changed } = writerOf(table, [70, 30]);
    await writer.write(block([2_000, 1, 2], [1_000, 3, 4]));
    await writer.flush();
    expect(table.statements).toEqual([
      { channel: [30, 30, 70, 70], time: [1_000, 2_000, 1_000, 2_000], value: [4, 2, 3, 1] },
    ]);
    expect(changed).toEqual([
      { channel: [1, 1, 0, 0], time: [1_000, 2_000, 1_000, 2_000], value: [4, 2, 3, 1] },
    ]);
  });

  it('lets the later of two values win, and a rejected one erases nothing', async () => {
    const table = new Table();
    const { writer } = writerOf(table, [70, 30]);
    await writer.write(block([1_000, 1, 10], [1_000, 2, Number.NaN]));
    await writer.write(block([1_000, Number.NaN, 30]));
    await writer.flush();
    expect(table.statements).toEqual([{ channel: [30, 70], time: [1_000, 1_000], value: [30, 2] }]);
  });

  it('lets the later of two columns of the same channel win', async () => {
    const table = new Table();
    const { writer } = writerOf(table, [70, 70]);
    await writer.write(block([1_000, 1, 2]));
    await writer.flush();
    expect(table.statements).toEqual([{ channel: [70], time: [1_000], value: [2] }]);
  });

  it('tells of nothing when nothing has changed, and writes nothing of nothing', async () => {
    const table = new Table();
    const { writer, changed } = writerOf(table, [70]);
    await writer.write(block([1_000, 5]));
    await writer.flush();
    await writer.write(block([1_000, 5], [2_000, Number.NaN]));
    await writer.flush();
    await writer.flush();
    expect(changed).toHaveLength(1);
    expect(table.statements).toHaveLength(2);
  });

  it('takes rows that each name their channel, a block at a time', async () => {
    const table = new Table();
    const { writer, changed } = writerOf(table, [70, 30]);
    const rows = Array.from({ length: 5_001 }, (_, row) => row);
    await writer.writeColumns({ channel: rows.map(() => 1), time: rows, value: rows });
    expect(table.statements.map(({ time }) => time.length)).toEqual([5_000]);
    await writer.flush();
    expect(table.statements.map(({ channel }) => new Set(channel))).toEqual([new Set([30]), new Set([30])]);
    expect(changed.flatMap(({ time }) => time)).toEqual(rows);
    expect(new Set(changed.flatMap(({ channel }) => channel))).toEqual(new Set([1]));
  });

  it('does not keep the buffers of the reader, which are used again', async () => {
    const table = new Table();
    const { writer } = writerOf(table, [70]);
    const rows = block([1_000, 5]);
    await writer.write(rows);
    rows.values.fill(0);
    rows.times.fill(0);
    await writer.flush();
    expect(table.statements).toEqual([{ channel: [70], time: [1_000], value: [5] }]);
  });

  it('never writes more than 5,000 rows in one statement, and leaves none out', async () => {
    const table = new Table();
    const { writer, changed } = writerOf(table, [70, 30, 50]);
    const rows = Array.from({ length: 4_000 }, (_, row) => [row * 1_000, row, row, row]);
    await writer.write(block(...rows));
    await writer.flush();
    expect(table.statements.length).toBeGreaterThan(1);
    expect(Math.max(...table.statements.map(({ time }) => time.length))).toBeLessThanOrEqual(5_000);
    expect(changed.reduce((sum, { time }) => sum + time.length, 0)).toBe(12_000);
  });
});
