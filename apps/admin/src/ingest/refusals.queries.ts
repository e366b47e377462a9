import type { DataSource } from 'typeorm';
import type { CodedError } from '#libs/errors';
import { contactParameters, setContact, type Contact } from './contact.queries.js';
import type { BatchType } from './ledger.queries.js';

/** One or more requests of a customer that were refused for the same reason. */
export interface Refusal extends Contact {
  error: CodedError;
  type: BatchType;
  /** How many requests this stands for. */
  requests: number;
  /** Of all of them. */
  bytes: number;
  /** Of the longest. */
  durationMs: number;
}

/** What a refusal says of the customer: who cannot prove who he is has made no contact. */
const customerColumns = {
  auth: `last_auth_failed_at = now()`,
  content: `${setContact}, last_rejected_at = now()`,
  other: setContact,
};

function reasonOf(status: number): keyof typeof customerColumns {
  if (status === 401) return 'auth';
  return [400, 409, 413, 422].includes(status) ? 'content' : 'other';
}

export async function recordRefusal(dataSource: DataSource, refusal: Refusal): Promise<void> {
  const { error, type, requests, bytes, durationMs } = refusal;
  await dataSource.query(
    `WITH contact (customer_id, version, backlog, oldest, late) AS (
       VALUES ($1::int, $2::text, $3::int, $4::timestamptz, $5::float8)
     ), refused AS (
       UPDATE fleet.customer SET ${customerColumns[reasonOf(error.entry.status)]} WHERE id = $1
     )
     INSERT INTO fleet.ingest_event (customer_id, outcome, type, code, message, requests, bytes, duration_ms,
       sender_version)
     SELECT customer_id, 'refused', $6, $7, $8, $9, $10, $11, version FROM contact`,
    [...contactParameters(refusal), type, error.code, error.message, requests, bytes, durationMs],
  );
}
