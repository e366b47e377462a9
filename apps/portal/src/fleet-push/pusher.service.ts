import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import type { FleetPushStatus } from '#libs/contracts';
import type { FleetPushSettings } from '../portal.config.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { sendBatch, sendContact, type SendOutcome } from './batch-sender.js';
import {
  clearError,
  deleteSent,
  quarantine,
  recordError,
  selectBacklog,
  selectOldest,
  selectStatus,
} from './outbox.queries.js';

const longestBackoffSeconds = 300;

/**
 * Sends the outbox to Admin in the order of its ids, back to back while there is a backlog.
 * An entry leaves the outbox only when Admin has acknowledged it; until then it is sent again, with the same key.
 */
@Injectable()
export class PusherService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('FleetPush');
  private draining: Promise<void> | undefined;
  private stopped = false;
  private failures = 0;
  private holdUntil = 0;
  private lastContact = 0;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.fleet === undefined) return;
    const interval = setInterval(() => this.wake(), this.settings.fleet.intervalSeconds * 1_000);
    this.scheduler.addInterval('fleet-push', interval);
    this.wake();
  }

  /** Lets the batch that is under way come to its end. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.draining;
  }

  /** Starts to send, unless it is doing so or waits after a refusal. Called when there is something new, too. */
  wake(): void {
    const { fleet } = this.settings;
    if (fleet === undefined || this.draining !== undefined || Date.now() < this.holdUntil) return;
    this.draining = this.drain(fleet)
      .catch((error: unknown) => this.logger.error({ err: error }, 'The outbox cannot be read'))
      .finally(() => {
        this.draining = undefined;
      });
  }

  async status(): Promise<FleetPushStatus> {
    return { enabled: this.settings.fleet !== undefined, ...(await selectStatus(this.dataSource)) };
  }

  private async drain(fleet: FleetPushSettings): Promise<void> {
    while (!this.stopped) {
      const entry = await selectOldest(this.dataSource);
      if (entry === undefined) return this.showPresence(fleet);
      const outcome = await sendBatch(fleet, entry, await selectBacklog(this.dataSource, entry));
      if (outcome.kind === 'taken') {
        await deleteSent(this.dataSource, entry);
        this.noteContact();
        continue;
      }
      this.logger.warn(
        { code: outcome.code, batch: entry.idempotencyKey },
        `Admin did not take a batch: ${outcome.message}`,
      );
      await recordError(this.dataSource, outcome.code, outcome.message);
      if (outcome.kind === 'held') return this.hold(outcome);
      await quarantine(this.dataSource, entry, `${outcome.code}: ${outcome.message}`);
    }
  }

  /** Once in an interval, so that Admin can tell a portal without news from one that is gone. */
  private async showPresence(fleet: FleetPushSettings): Promise<void> {
    if (Date.now() - this.lastContact < fleet.intervalSeconds * 900) return;
    const outcome = await sendContact(fleet, { batches: 0, oldestAt: null });
    if (outcome.kind === 'taken') {
      this.noteContact();
      return clearError(this.dataSource);
    }
    await recordError(this.dataSource, outcome.code, outcome.message);
    if (outcome.kind === 'held') this.hold(outcome);
  }

  private noteContact(): void {
    this.lastContact = Date.now();
    this.failures = 0;
  }

  /** Backs off exponentially with jitter, so that a fleet does not come back all at once; `Retry-After` goes first. */
  private hold(outcome: Extract<SendOutcome, { kind: 'held' }>): void {
    this.failures += 1;
    const ceiling = Math.min(longestBackoffSeconds, 2 ** this.failures);
    const seconds = outcome.retryAfterSeconds ?? ceiling * (0.5 + Math.random() / 2);
    this.holdUntil = Date.now() + seconds * 1_000;
    const timer = setTimeout(() => this.wake(), seconds * 1_000 + 10);
    timer.unref();
  }
}
