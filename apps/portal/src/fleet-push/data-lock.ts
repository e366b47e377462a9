import type { EntityManager } from 'typeorm';

/** Any constant: whoever writes measurements or the catalogue shares it, whoever needs all of that still takes it alone. */
const dataLock = 7_738_203;

/**
 * Until the transaction ends, nobody compares the data with Admin. Take it first of all locks: whoever waits for it
 * must hold nothing that a sharer waits for.
 */
export async function shareData(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock_shared($1)', [dataLock]);
}

/** Until the transaction ends, no other one changes the data, and every change so far is committed and queued. */
export async function lockData(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [dataLock]);
}
