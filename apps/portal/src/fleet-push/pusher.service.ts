import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import type { FleetPushSettings } from '../portal.config.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { BatchSender } from './batch-sender.js';
import { PushMetrics } from './push-metrics.js';
import { breakLease, releaseLease } from './push-state.queries.js';
import { applyPushSettings } from './push-switch.js';
import { Reconciler } from './reconciler.js';
import { takeTurn, type Turn } from './send-turn.js';
import { settleBatch, settleContact, type Settled } from './settlement.js';

/** How long a request that is under way may still take when the portal stops. */
const graceMs = 5_000;

/**
 * Sends the outbox to Admin in its order, back to back while there is a backlog. All that must outlive the process is
 * in the database: any process may go on where another one has ended.
 */
@Injectable()
export class PusherService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('FleetPush');
  /** Names this process as the holder of the lease. */
  private readonly holder = randomUUID();
  private readonly cutOff = new AbortController();
  private draining: Promise<void> | undefined;
  private wokenMeanwhile = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private worker: { fleet: FleetPushSettings; sender: BatchSender; reconciler: Reconciler } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly scheduler: SchedulerRegistry,
    private readonly metrics: PushMetrics,
  ) {}

  /** Before anything is imported: every writer reads from the database whether there is a push. */
  async onModuleInit(): Promise<void> {
    const { fleet } = this.settings;
    await applyPushSettings(this.dataSource, fleet);
    if (fleet === undefined) return;
    if (this.settings.database.kind === 'embedded') await breakLease(this.dataSource);
    const sender = new BatchSender(fleet, this.cutOff.signal);
    const reconciler = new Reconciler(this.dataSource, sender, this.holder);
    this.worker = { fleet, sender, reconciler };
  }

  onApplicationBootstrap(): void {
    if (this.worker === undefined) return;
    const interval = setInterval(() => this.wake(), this.worker.fleet.intervalSeconds * 1_000);
    this.scheduler.addInterval('fleet-push', interval);
    this.wake();
  }

  /** Lets the request that is under way come to its end, unless it hangs: its entry stays and is sent again. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.draining === undefined) return;
    const ended = new AbortController();
    const { signal } = ended;
    const grace = delay(graceMs, undefined, { signal }).then(
      () => this.cutOff.abort(),
      () => undefined,
    );
    await this.draining;
    ended.abort();
    await grace;
  }

  /** Starts to send, unless it is doing so or must wait. Called when there is something new, too. */
  wake(): void {
    if (this.worker === undefined || this.stopped) return;
    if (this.draining !== undefined) {
      this.wokenMeanwhile = true;
      return;
    }
    this.wokenMeanwhile = false;
    this.draining = this.drain(this.worker)
      .catch((error: unknown) => this.logger.error({ err: error }, 'The outbox cannot be read or written'))
      .finally(() => {
        this.draining = undefined;
        if (this.wokenMeanwhile) this.wake();
      });
  }

  /** Resolves when it rests: neither a request nor a query is under way. */
  async settled(): Promise<void> {
    while (this.draining !== undefined) await this.draining;
  }

  private async drain(worker: NonNullable<typeof this.worker>): Promise<void> {
    clearTimeout(this.timer);
    try {
      let turn: Turn | undefined;
      do {
        turn = await takeTurn(this.dataSource, this.holder, turn?.kind === 'reconcile');
      } while ((await this.act(worker, turn)) && !this.stopped);
    } finally {
      await releaseLease(this.dataSource, this.holder);
    }
  }

  /** @returns whether there is more to do */
  private async act(
    { fleet, sender, reconciler }: NonNullable<typeof this.worker>,
    turn: Turn,
  ): Promise<boolean> {
    if (turn.kind === 'rest') {
      if (turn.waitMs !== undefined) this.wakeIn(turn.waitMs);
      return false;
    }
    if (turn.kind === 'reconcile') {
      const unanswered = await reconciler.step(turn.reconcile);
      if (unanswered !== undefined && unanswered.kind !== 'aborted') {
        this.logger.warn({ code: unanswered.refusal.code }, `Comparing: ${unanswered.refusal.message}`);
      }
      return true;
    }
    if (turn.kind === 'send') return this.send(sender, turn);
    // Once in an interval, so that Admin can tell a portal without news from one that is gone.
    if (turn.contactAgeSeconds < fleet.intervalSeconds * 0.9) return false;
    const outcome = await sender.sendContact(turn.place);
    return this.goesOn(await settleContact(this.dataSource, this.holder, outcome));
  }

  private async send(
    sender: BatchSender,
    { entry, place, backlog }: Extract<Turn, { kind: 'send' }>,
  ): Promise<boolean> {
    const started = performance.now();
    const outcome = await sender.sendBatch(entry, place, backlog);
    this.metrics.count(outcome.kind, performance.now() - started);
    if (outcome.kind === 'malformed' || outcome.kind === 'too-large') {
      const { code, message } = outcome.refusal;
      this.logger.warn({ code, batch: entry.idempotencyKey }, `Admin did not take a batch: ${message}`);
    }
    return this.goesOn(await settleBatch(this.dataSource, this.holder, entry, outcome));
  }

  private goesOn(settled: Settled): boolean {
    if (settled.kind !== 'wait') return settled.kind === 'go-on';
    const { refusal, isHeld, isNew } = settled;
    if (isHeld && isNew) {
      this.logger.error({ code: refusal.code }, `The push is held: ${refusal.message}. ${refusal.remedy}`);
    } else if (!isHeld) {
      this.logger.warn({ code: refusal.code }, `Admin did not take a batch: ${refusal.message}`);
    }
    // The next turn says how long.
    return true;
  }

  private wakeIn(waitMs: number): void {
    this.timer = setTimeout(() => this.wake(), Math.ceil(waitMs) + 10);
    this.timer.unref();
  }
}
