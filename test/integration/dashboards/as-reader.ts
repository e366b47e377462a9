import type { DataSource, EntityManager } from 'typeorm';

/** Runs the work as the role of Grafana, in a transaction that leaves nothing. */
export async function asReader<T>(
  dataSource: DataSource,
  work: (reader: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('SET LOCAL ROLE grafana_reader');
    return await work(runner.manager);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}
