import { z } from 'zod';
import { pushHeaders } from '#libs/contracts';
import type { SenderState } from './ingest.queries.js';

export type RequestHeaders = Record<string, string | undefined>;

/** What a sender says of itself is shown, not believed: a wrong value is left out. */
export function senderState(headers: RequestHeaders): SenderState {
  const version = headers[pushHeaders.senderVersion]?.slice(0, 50) ?? null;
  const backlog = z.coerce
    .number()
    .int()
    .min(0)
    .max(2_000_000_000)
    .safeParse(headers[pushHeaders.backlogBatches]);
  const oldest = z.iso.datetime().safeParse(headers[pushHeaders.oldestUnsentAt]);
  return {
    version,
    backlogBatches: backlog.success ? backlog.data : null,
    oldestUnsentAt: oldest.success ? new Date(oldest.data) : null,
  };
}
