import { sqlState } from '#libs/database';

/** SQLSTATE classes: data exception, integrity constraint violation, program limit exceeded. */
const dataClasses = /^(?:22|23|54)/;

/** The database refuses what a file holds. It waits where it is, and the others do not wait for it. */
export class FileNotStored extends Error {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${path} cannot be stored: ${reason}`, { cause });
  }
}

/** Whether the database itself is well, and would refuse the same rows again. */
export function isOfData(error: unknown): boolean {
  return dataClasses.test(sqlState(error));
}
