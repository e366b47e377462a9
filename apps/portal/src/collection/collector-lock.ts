import type { DataSource } from 'typeorm';
import type { DatabaseAddress } from '#libs/database';
import type { SourceKind } from './file-store.js';

/** Any constant: whoever collects from a source holds it with the number of the source. */
const collectorLock = 7_738_204;
const numbers: Record<SourceKind, number> = { folder: 1, sftp: 2 };

/** Each source holds one of the pool, and its work needs others. */
const fewestConnections = 2 + Object.keys(numbers).length;

/**
 * Does the work unless another process of this database collects from the same source. The lock is that of a connection: it goes
 * with the process that held it, so nobody waits for one that was killed.
 * @returns whether the work was done
 */
export async function asOnlyCollector(
  { dataSource, address }: { dataSource: DataSource; address: DatabaseAddress },
  kind: SourceKind,
  work: () => Promise<void>,
): Promise<boolean> {
  // An embedded database has one process. What stores nothing twice is the lock of the file's transaction, with few connections too.
  if (address.kind === 'embedded' || address.poolSize < fewestConnections) {
    await work();
    return true;
  }
  const parameters = [collectorLock, numbers[kind]];
  const runner = dataSource.createQueryRunner();
  try {
    const [row]: { taken: boolean }[] = await runner.query(
      'SELECT pg_try_advisory_lock($1, $2) AS taken',
      parameters,
    );
    if (row?.taken !== true) return false;
    try {
      await work();
      return true;
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1, $2)', parameters).catch(() => undefined);
    }
  } finally {
    await runner.release();
  }
}
