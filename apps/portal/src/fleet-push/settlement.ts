import type { DataSource, EntityManager } from 'typeorm';
import type { PushResult } from '#libs/contracts';
import { countItems, decodeBatch, encodeBatch } from './batch-body.js';
import { halve } from './halving.js';
import type { OutboxEntry } from './outbox-entry.js';
import { deleteEntry, splitEntry, type NewEntry } from './outbox.queries.js';
import { secondsUntilRetry, type Refusal, type SendOutcome } from './outcome.js';
import {
  clearHold,
  confirmLease,
  noteUnknownChannel,
  recordContact,
  recordError,
  recordHold,
  recordPosition,
  type PushState,
} from './push-state.queries.js';
import { quarantineBatch, quarantineRows } from './quarantine.js';
import { startReconcile } from './reconcile.queries.js';

/** What the pusher does after an answer was recorded, or could not be. */
export type Settled =
  | { kind: 'go-on' }
  | { kind: 'rest' }
  /** It waits; `isNew` where it is held for the first time since it went well. */
  | { kind: 'wait'; refusal: Refusal; isHeld: boolean; isNew: boolean };

/**
 * Does with an entry what Admin's answer asks for, in one transaction, unless the lease was lost meanwhile: then
 * another process sends the entry again, with the same key.
 */
export function settleBatch(
  dataSource: DataSource,
  holder: string,
  entry: OutboxEntry,
  outcome: SendOutcome,
): Promise<Settled> {
  return settle(dataSource, holder, outcome, async (manager, state) => {
    if (outcome.kind === 'taken') return settleTaken(manager, state, entry, outcome);
    if (outcome.kind === 'too-large') {
      await clearHold(manager);
      return settleTooLarge(manager, entry, outcome.refusal);
    }
    if (outcome.kind !== 'malformed') return undefined;
    await clearHold(manager);
    return setAside(manager, entry, outcome.refusal);
  });
}

/** The same for the answer to a portal that only showed that it is there. */
export function settleContact(
  dataSource: DataSource,
  holder: string,
  outcome: SendOutcome,
): Promise<Settled> {
  return settle(dataSource, holder, outcome, async (manager, state) => {
    if (outcome.kind !== 'taken') {
      if (outcome.kind === 'malformed' || outcome.kind === 'too-large')
        await recordError(manager, outcome.refusal);
      return undefined;
    }
    const { position } = outcome;
    await recordContact(manager, { batches: 0, rows: 0, position });
    if (position !== undefined && position > state.position) await startReconcile(manager, 'portal-behind');
    if (position !== undefined && position < state.position) await startReconcile(manager, 'admin-behind');
    return { kind: position === undefined || position === state.position ? 'rest' : 'go-on' };
  });
}

type SettleWith = (manager: EntityManager, state: PushState) => Promise<Settled | undefined>;

function settle(
  dataSource: DataSource,
  holder: string,
  outcome: SendOutcome,
  settleWith: SettleWith,
): Promise<Settled> {
  return dataSource.transaction(async (manager) => {
    if (outcome.kind === 'aborted') return { kind: 'rest' };
    const state = await confirmLease(manager, holder);
    if (state === undefined) return { kind: 'rest' };
    const settled = await settleWith(manager, state);
    if (settled !== undefined) return settled;
    if (outcome.kind === 'admin-behind') {
      await recordPosition(manager, outcome.position);
      await startReconcile(manager, 'admin-behind');
      return { kind: 'go-on' };
    }
    if (outcome.kind !== 'held' && outcome.kind !== 'unanswered') return { kind: 'rest' };
    const seconds = secondsUntilRetry(outcome, state.failures + 1, Math.random());
    await recordError(manager, outcome.refusal);
    await recordHold(manager, outcome.kind === 'held' ? 'held' : 'backing-off', seconds);
    const isHeld = outcome.kind === 'held';
    return { kind: 'wait', refusal: outcome.refusal, isHeld, isNew: state.isHeld !== isHeld };
  });
}

async function settleTaken(
  manager: EntityManager,
  state: PushState,
  entry: OutboxEntry,
  { position, errors }: { position: number | undefined; errors: PushResult['errors'] },
): Promise<Settled> {
  await deleteEntry(manager, entry);
  const refused = errors.filter(({ row }) => row >= 0 && row < entry.rows);
  await recordContact(manager, { batches: 1, rows: entry.rows - refused.length, position });
  // Somebody has pushed to this stream what this database does not know of: it is older than it was.
  if (position !== undefined && position > state.position + 1) await startReconcile(manager, 'portal-behind');
  if (refused.length === 0) return { kind: 'go-on' };
  const { knownChannelRefused, reason } = await quarantineRows(manager, entry, refused);
  if (reason !== undefined) await recordError(manager, reason);
  if (knownChannelRefused && !state.askedForChannels) {
    await noteUnknownChannel(manager);
    await startReconcile(manager, 'unknown-channel');
  }
  return { kind: 'go-on' };
}

async function settleTooLarge(
  manager: EntityManager,
  entry: OutboxEntry,
  refusal: Refusal,
): Promise<Settled> {
  const halves = entry.partWidth > 1 ? halve(await decodeBatch(entry.payload)) : undefined;
  if (halves === undefined) return setAside(manager, entry, refusal);
  const entries = halves.map(async (batch): Promise<NewEntry> => {
    const payload = await encodeBatch(batch);
    return { kind: entry.kind, rows: batch.measurements.time.length, items: countItems(batch), payload };
  });
  const [first, second] = await Promise.all(entries);
  if (first === undefined || second === undefined) throw new Error('a half is missing');
  await splitEntry(manager, entry, [first, second]);
  return { kind: 'go-on' };
}

async function setAside(manager: EntityManager, entry: OutboxEntry, refusal: Refusal): Promise<Settled> {
  await recordError(manager, refusal);
  await quarantineBatch(manager, entry, refusal);
  await deleteEntry(manager, entry);
  return { kind: 'go-on' };
}
