import { QueryFailedError } from 'typeorm';

/** SQLSTATE: deadlock, serialization failure. */
const transient = new Set(['40P01', '40001']);

/** SQLSTATE of what the database refused, in a query of TypeORM or of the driver; empty for any other error. */
export function sqlState(error: unknown): string {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** True where the same transaction, begun anew, may well succeed. */
export function isTransient(error: unknown): boolean {
  return transient.has(sqlState(error));
}
