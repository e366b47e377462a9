import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Secret } from '#libs/config';
import { openDatabase, type DatabaseDefinition } from '#libs/database';
import { createTestDatabase, isServer, type TestDatabase } from '../test-database.js';

class CreateVisit1 implements MigrationInterface {
  name = 'CreateVisit1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE probe.visit (id integer GENERATED ALWAYS AS IDENTITY)');
    // Long enough for a second opener to come in between.
    await runner.query('SELECT pg_sleep(0.3)');
    await runner.query('INSERT INTO probe.visit DEFAULT VALUES');
  }
  async down(): Promise<void> {}
}

class BreakHalfway2 implements MigrationInterface {
  name = 'BreakHalfway1700000000002';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE probe.half_made (id integer)');
    await runner.query('INSERT INTO probe.visit DEFAULT VALUES');
    await runner.query('SELECT 1 / 0');
  }
  async down(): Promise<void> {}
}

let test: TestDatabase;
let lines: string[];

beforeEach(async () => {
  test = await createTestDatabase();
  lines = [];
});
afterEach(() => test.drop());

function definition(...migrations: DatabaseDefinition['migrations']): DatabaseDefinition {
  return { schema: 'probe', entities: [], migrations, log: (line) => lines.push(line) };
}

async function visits(): Promise<number> {
  const database = await openDatabase(test.address, definition(CreateVisit1));
  const [row]: { count: number }[] = await database.dataSource.query(
    'SELECT count(*)::int AS count FROM probe.visit',
  );
  await database.close();
  return row?.count ?? 0;
}

describe('openDatabase', () => {
  it('applies a migration once and says so, however often it is opened', async () => {
    expect(await visits()).toBe(1);
    expect(await visits()).toBe(1);
    expect(lines.filter((line) => line.includes('CreateVisit'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('Database schema is up to date');
  });

  it.skipIf(!isServer)(
    'migrates once when two programs open at the same time (needs a server with many connections)',
    async () => {
      const opened = await Promise.all([
        openDatabase(test.address, definition(CreateVisit1)),
        openDatabase(test.address, definition(CreateVisit1)),
        openDatabase(test.address, definition(CreateVisit1)),
      ]);
      await Promise.all(opened.map((database) => database.close()));
      expect(await visits()).toBe(1);
      expect(lines.filter((line) => line.startsWith('Applied'))).toHaveLength(1);
    },
  );

  it('undoes a migration that fails, keeps those before it, and names the cause', async () => {
    const failed = openDatabase(test.address, definition(CreateVisit1, BreakHalfway2));
    await expect(failed).rejects.toMatchObject({ code: 'MIGRATION_FAILED', detail: 'division by zero' });
    expect(await visits()).toBe(1);
    const database = await openDatabase(test.address, definition(CreateVisit1));
    const left: unknown[] = await database.dataSource.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'probe' ORDER BY 1`,
    );
    const recorded: unknown[] = await database.dataSource.query('SELECT name FROM probe.migration');
    await database.close();
    expect(left).toEqual([{ tablename: 'migration' }, { tablename: 'visit' }]);
    expect(recorded).toEqual([{ name: 'CreateVisit1700000000001' }]);
  });

  it('gives a failed migration another chance at the next start', async () => {
    const broken = definition(CreateVisit1, BreakHalfway2);
    await expect(openDatabase(test.address, broken)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await expect(openDatabase(test.address, broken)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
  });

  it('says DATABASE_UNAVAILABLE for a server that is not there, without the password', async () => {
    const nowhere = {
      kind: 'server' as const,
      host: '127.0.0.1',
      port: 1,
      name: 'none',
      user: 'none',
      password: new Secret('hunter2-hunter2'),
      poolSize: 1,
    };
    const error: unknown = await openDatabase(nowhere, definition()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(String(error)).toContain('ECONNREFUSED');
    expect(String(error)).not.toContain('hunter2');
  });
});
