import type { ClientBase, Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';

/** A statement that is planned once on each connection, not each time: worth it where it runs for every request. */
export interface PreparedStatement {
  /** Unique in the program. */
  name: string;
  text: string;
}

/** Runs the statement: in the transaction of a manager, or on any connection of a data source. */
export async function queryPrepared<T extends object>(
  database: DataSource | EntityManager,
  statement: PreparedStatement,
  values: unknown[],
): Promise<T[]> {
  const client = database instanceof DataSource ? poolOf(database) : await transactionClient(database);
  const { rows } = await client.query<T>({ ...statement, values });
  return rows;
}

/** The driver's own connection of a running transaction, for what TypeORM cannot say, such as COPY. */
export async function transactionClient({ queryRunner }: EntityManager): Promise<ClientBase> {
  if (queryRunner === undefined) throw new Error('the manager belongs to no transaction');
  return (await queryRunner.connect()) as ClientBase;
}

function poolOf({ driver }: DataSource): Pool {
  return (driver as unknown as { master: Pool }).master;
}
