import type { IngestEvent } from '#libs/contracts';

/** Which ingest events are shown; the address keeps it. */
export interface EventFilter {
  /** Null: all. */
  outcome: IngestEvent['outcome'] | null;
  /** Only those with rejected rows, or refused as a whole. */
  problems: boolean;
  /** Code of a refusal; empty: any. */
  refusal: string;
}

export const outcomeNames: Record<IngestEvent['outcome'], string> = {
  accepted: 'Accepted',
  replayed: 'Replayed',
  refused: 'Refused',
};

const isOutcome = (text: string | null): text is IngestEvent['outcome'] =>
  text !== null && Object.hasOwn(outcomeNames, text);

/** Reads an address that somebody may have typed: what is not understood is as if it were not there. */
export function readEventFilter(params: URLSearchParams): EventFilter {
  const outcome = params.get('outcome');
  return {
    outcome: isOutcome(outcome) ? outcome : null,
    problems: params.get('problems') === 'true',
    refusal: (params.get('code') ?? '').trim().slice(0, 100),
  };
}

/** Writes it into a copy of the address's other parameters. */
export function withEventFilter(params: URLSearchParams, filter: EventFilter): URLSearchParams {
  const next = new URLSearchParams(params);
  const entries = {
    outcome: filter.outcome ?? '',
    problems: filter.problems ? 'true' : '',
    code: filter.refusal,
  };
  for (const [name, value] of Object.entries(entries)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}
