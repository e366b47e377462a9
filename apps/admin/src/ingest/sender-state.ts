import { z } from 'zod';
import { pushHeaders } from '#libs/contracts';

export type RequestHeaders = Record<string, string | undefined>;

/** What a portal says of itself beside a batch. */
export interface SenderState {
  version: string | null;
  backlogBatches: number | null;
  oldestUnsentAt: Date | null;
}

/** Which portal database sends, and how many of its batches it believes Admin to have. */
export interface StreamClaim {
  id: string | null;
  position: number;
}

const backlogBatches = z.coerce.number().int().min(0).max(2_000_000_000);
const streamPosition = z.coerce.number().int().min(0);

/** What a sender says of itself is shown, not believed: a wrong value is left out. */
export function senderState(headers: RequestHeaders): SenderState {
  const backlog = backlogBatches.safeParse(headers[pushHeaders.backlogBatches]);
  const oldest = z.iso.datetime().safeParse(headers[pushHeaders.oldestUnsentAt]);
  return {
    version: headers[pushHeaders.senderVersion]?.slice(0, 50) ?? null,
    backlogBatches: backlog.success ? backlog.data : null,
    oldestUnsentAt: oldest.success ? new Date(oldest.data) : null,
  };
}

/** Without a usable stream or position there is nothing to compare: as if the portal had been told of no batch. */
export function streamClaim(headers: RequestHeaders): StreamClaim {
  const id = z.uuid().safeParse(headers[pushHeaders.streamId]);
  const position = streamPosition.safeParse(headers[pushHeaders.streamPosition]);
  return { id: id.success ? id.data : null, position: position.success ? position.data : 0 };
}
