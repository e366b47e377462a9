import type { DataSource, EntityManager } from 'typeorm';

/** Where it is not known, there is none: the embedded engine dies of a `COPY`. */
const withCopy = new WeakSet<DataSource>();

export function allowCopy(dataSource: DataSource): void {
  withCopy.add(dataSource);
}

/** Whether the manager's engine has `COPY … FROM STDIN`. */
export function canCopy(manager: EntityManager): boolean {
  return withCopy.has(manager.dataSource);
}
