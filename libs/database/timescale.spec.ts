import { describe, expect, it } from 'vitest';
import { PolicyRunner } from './timescale.js';

/** A database with these jobs, by id and interval in milliseconds. */
function databaseWith(jobs: Record<number, number>, failing?: number) {
  const ran: number[] = [];
  const query = async (sql: string) => {
    const id = /run_job\((\d+)\)/.exec(sql)?.[1];
    if (id === undefined)
      return Object.entries(jobs).map(([job, ms]) => ({ id: Number(job), intervalMs: String(ms) }));
    ran.push(Number(id));
    if (Number(id) === failing) throw new Error(`job ${id} failed`);
    return [];
  };
  return { ran, database: { query } as unknown as ConstructorParameters<typeof PolicyRunner>[0] };
}

describe('PolicyRunner', () => {
  it('runs every policy at first, and later those whose interval has passed', async () => {
    const { ran, database } = databaseWith({ 1000: 900_000, 1001: 3_600_000 });
    const policies = new PolicyRunner(database);
    const start = 1_700_000_000_000;
    expect(await policies.runDue(start)).toBe(2);
    expect(await policies.runDue(start + 899_999)).toBe(0);
    expect(await policies.runDue(start + 900_000)).toBe(1);
    expect(await policies.runDue(start + 3_600_000)).toBe(2);
    expect(ran).toEqual([1000, 1001, 1000, 1000, 1001]);
  });

  it('does not try a failing policy again before it is due', async () => {
    const { ran, database } = databaseWith({ 1000: 900_000 }, 1000);
    const policies = new PolicyRunner(database);
    await expect(policies.runDue(1_700_000_000_000)).rejects.toThrow('job 1000 failed');
    expect(await policies.runDue(1_700_000_060_000)).toBe(0);
    expect(ran).toEqual([1000]);
  });
});
