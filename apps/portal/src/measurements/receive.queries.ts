import type { EntityManager } from 'typeorm';

export interface NamedChannel {
  /** Key of `monitoring.measurement`. */
  id: number;
  uid: string;
  externalId: string | null;
}

/** Ordered by key. Until the transaction ends nobody deletes them: rows must not follow the removal of their channel. */
export function lockChannels(
  manager: EntityManager,
  { externalIds, uids }: { externalIds: string[]; uids: string[] },
): Promise<NamedChannel[]> {
  return manager.query(
    `SELECT id, uid, external_id AS "externalId" FROM monitoring.channel
     WHERE external_id = ANY($1::text[]) OR uid = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE`,
    [externalIds, uids],
  );
}
