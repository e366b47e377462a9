import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { CodedError } from '#libs/errors';
import type { DatabaseDefinition } from './definition.js';

/** Any constant: all programs that migrate the same database must wait for the same lock. */
const migrationLock = 7_738_201;

/**
 * Applies the migrations that are missing, each in a transaction of its own, while no other process does.
 * @throws CodedError MIGRATION_FAILED naming the cause; what was applied before stays applied
 */
export async function migrate(dataSource: DataSource, definition: DatabaseDefinition): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await prepare(runner, definition.schema);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const applied = await executor.executePendingMigrations();
    for (const migration of applied) definition.log(`Applied migration '${migration.name}'`);
    if (applied.length === 0) definition.log('Database schema is up to date');
  } catch (cause) {
    throw new CodedError('MIGRATION_FAILED', {
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await runner.release();
  }
}

/** What TypeORM's own bookkeeping needs before the first migration. */
async function prepare(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query('CREATE EXTENSION IF NOT EXISTS timescaledb');
  await runner.createSchema(schema, true);
}
