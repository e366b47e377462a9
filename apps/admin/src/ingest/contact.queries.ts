import type { DataSource } from 'typeorm';
import type { SenderState } from './sender-state.js';

/** Who has made contact. */
export interface Contact {
  customerId: number;
  sender: SenderState;
  /** Contact after a silence longer than this counts as resumed. */
  lateSeconds: number;
}

/** The first five parameters of every statement that contains `setContact`; `$1` is the customer's key. */
export function contactParameters({ customerId, sender, lateSeconds }: Contact): unknown[] {
  return [customerId, sender.version, sender.backlogBatches, sender.oldestUnsentAt, lateSeconds];
}

/** What any request with a valid token says of its customer. */
export const setContact = `last_contact_at = now(),
  contact_resumed_at = CASE WHEN last_contact_at < now() - make_interval(secs => $5::float8)
    THEN now() ELSE contact_resumed_at END,
  stack_version = coalesce($2::text, stack_version), backlog_batches = $3::int,
  oldest_unsent_at = $4::timestamptz`;

/**
 * A sender that has nothing to send is there all the same.
 * @returns how many batches of the stream Admin has
 */
export async function recordContact(
  dataSource: DataSource,
  contact: Contact,
  streamId: string | null,
): Promise<number> {
  const rows: { position: number }[] = await dataSource.query(
    `WITH contact AS (UPDATE fleet.customer SET ${setContact} WHERE id = $1)
     SELECT position::float8 FROM fleet.ingest_stream WHERE customer_id = $1 AND stream_id = $6`,
    [...contactParameters(contact), streamId],
  );
  return rows[0]?.position ?? 0;
}
