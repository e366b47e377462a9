import type { DataSource, EntityManager } from 'typeorm';
import type { ChannelDigest } from '#libs/contracts';
import type { BatchSender, Unanswered } from './batch-sender.js';
import { columnsOf } from './batch-body.js';
import { hasTombstones, selectCatalogue, selectDeleted } from './catalogue.queries.js';
import { lockData } from './data-lock.js';
import { OutboxWriter } from './outbox-writer.js';
import { secondsUntilRetry } from './outcome.js';
import { confirmLease, recordError } from './push-state.queries.js';
import { releaseQuarantined } from './quarantine.js';
import { selectUnknownChannelEntry } from './quarantine.queries.js';
import {
  beginWindows,
  confirmReconcile,
  delayReconcile,
  endWindow,
  finishReconcile,
  recordQueued,
  selectDay,
  selectDigests,
  windowMs,
  type OwnDigest,
  type Reconcile,
} from './reconcile.queries.js';

/** About as many rows are queued in one transaction, in which nobody else can write. */
const stepRows = 50_000;

/** Days and channels of a window whose rows differ, newest day first. */
interface Window {
  /** Comparison and window that they were found for. */
  key: string;
  differing: OwnDigest[];
}

/**
 * Compares what the portal has with what Admin has, and queues what differs: step by step, each of them one
 * transaction that queues rows as they are then and records how far it has come. Killed at any point, it goes on there.
 */
export class Reconciler {
  #window: Window | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sender: BatchSender,
    private readonly holder: string,
  ) {}

  /** @returns why Admin did not answer, when it did not: the comparison then waits, the queue does not */
  async step(reconcile: Reconcile): Promise<Unanswered | undefined> {
    const unanswered = await this.stepOf(reconcile);
    if (unanswered !== undefined) await this.delay(reconcile, unanswered);
    return unanswered;
  }

  private stepOf(reconcile: Reconcile): Promise<Unanswered | undefined> {
    if (reconcile.stage === 'catalogue') return this.queueCatalogue(reconcile);
    if (reconcile.stage === 'windows' && reconcile.windowStart !== null) {
      return this.compare(reconcile, reconcile.windowStart);
    }
    return this.releaseNext(reconcile);
  }

  /** Ahead of everything that waits, so that its rows meet channels that Admin knows; deletions first of all. */
  private async queueCatalogue(reconcile: Reconcile): Promise<Unanswered | undefined> {
    let held: string[] = [];
    if (await hasTombstones(this.dataSource.manager)) {
      const answer = await this.sender.readCatalogue();
      if ('kind' in answer) return answer;
      held = [...answer.sites, ...answer.devices, ...answer.channels];
    }
    await this.change(reconcile, async (manager, outbox) => {
      await outbox.announce(await selectCatalogue(manager), 'head');
      await outbox.remove(await selectDeleted(manager, held), 'head');
      await beginWindows(manager);
    });
    return undefined;
  }

  private async compare(reconcile: Reconcile, start: Date): Promise<Unanswered | undefined> {
    const window = await this.findDiffering(reconcile, start);
    if ('kind' in window) return window;
    const group = nextGroup(window.differing);
    const [first] = group;
    const last = group.at(-1);
    await this.change(reconcile, async (manager, outbox) => {
      if (first === undefined || last === undefined) return endWindow(manager);
      const rows = await selectDay(
        manager,
        group.map(({ channelId }) => channelId),
        first.day,
      );
      await outbox.writeRows(columnsOf(rows));
      await recordQueued(manager, last, rows.length);
    });
    window.differing.splice(0, group.length);
    return undefined;
  }

  /**
   * Found without a lock: of rows that change meanwhile, the change itself has an entry in the queue. Kept for the
   * steps of the window, because finding them reads all of it.
   */
  private async findDiffering(reconcile: Reconcile, start: Date): Promise<Window | Unanswered> {
    const key = `${reconcile.id} ${start.toISOString()}`;
    if (this.#window?.key === key) return this.#window;
    const end = new Date(start.getTime() + windowMs);
    const answer = await this.sender.readDigests(start, end);
    if ('kind' in answer) return answer;
    const own = await selectDigests(this.dataSource.manager, start, end);
    const differing = differingDigests(own, answer.digests).filter((digest) => isAhead(digest, reconcile));
    this.#window = { key, differing };
    return this.#window;
  }

  /** Rows that met an unknown channel get another chance now that Admin knows them all; then it is finished. */
  private async releaseNext(reconcile: Reconcile): Promise<undefined> {
    this.#window = undefined;
    await this.change(reconcile, async (manager, outbox) => {
      const id = await selectUnknownChannelEntry(manager);
      if (id === undefined) await finishReconcile(manager);
      else await releaseQuarantined(manager, outbox, id);
    });
  }

  /** Queues with the data for itself: nothing is queued that a running transaction is about to change. */
  private async change(
    reconcile: Reconcile,
    queue: (manager: EntityManager, outbox: OutboxWriter) => Promise<void>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await lockData(manager);
      if ((await confirmLease(manager, this.holder)) === undefined) return;
      if (!(await confirmReconcile(manager, reconcile))) return;
      const outbox = await OutboxWriter.openLocked(manager);
      if (outbox !== undefined) await queue(manager, outbox);
    });
  }

  private async delay(reconcile: Reconcile, unanswered: Unanswered): Promise<void> {
    if (unanswered.kind === 'aborted') return;
    const { refusal } = unanswered;
    const outcome =
      unanswered.kind === 'held' || unanswered.kind === 'unanswered'
        ? unanswered
        : { kind: 'unanswered' as const, refusal, retryAfterSeconds: undefined };
    await this.dataSource.transaction(async (manager) => {
      if ((await confirmLease(manager, this.holder)) === undefined) return;
      if (!(await confirmReconcile(manager, reconcile))) return;
      await recordError(manager, refusal);
      await delayReconcile(manager, secondsUntilRetry(outcome, reconcile.failures + 1, Math.random()));
    });
  }
}

/** Those of the portal's digests that Admin has not or has otherwise, in their order. */
export function differingDigests(own: readonly OwnDigest[], admins: readonly ChannelDigest[]): OwnDigest[] {
  const held = new Map(admins.map((digest) => [`${digest.channelId} ${digest.day}`, digest]));
  return own.filter(({ channelUid, day, count, hash }) => {
    const admin = held.get(`${channelUid} ${day}`);
    return admin?.count !== count || admin.hash !== hash;
  });
}

function isAhead({ day, channelId }: OwnDigest, { queuedDay, queuedChannel }: Reconcile): boolean {
  if (queuedDay === null) return true;
  return day < queuedDay || (day === queuedDay && channelId > (queuedChannel ?? 0));
}

/** The first channels of one day, about as many as have `stepRows` rows. */
function nextGroup(differing: readonly OwnDigest[]): OwnDigest[] {
  let rows = 0;
  const group: OwnDigest[] = [];
  for (const digest of differing) {
    const isOtherDay = group[0] !== undefined && digest.day !== group[0].day;
    if (isOtherDay || (group.length > 0 && rows + digest.count > stepRows)) break;
    group.push(digest);
    rows += digest.count;
  }
  return group;
}
