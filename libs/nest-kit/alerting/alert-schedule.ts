import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { AlertEvaluation, Alerting } from './alerting.js';
import { NoticeDelivery } from './notice-delivery.js';
import { ALERT_EVALUATION, ALERTING } from './tokens.js';

/** Evaluates and delivers on a schedule; a slow destination holds up deliveries, never the evaluation. */
@Injectable()
export class AlertSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Alerts');
  private readonly stopping = new AbortController();
  private evaluating: Promise<void> | undefined;
  private delivering: Promise<void> | undefined;

  constructor(
    @Inject(ALERTING) private readonly alerting: Alerting,
    private readonly scheduler: SchedulerRegistry,
    @Inject(ALERT_EVALUATION) private readonly evaluation: AlertEvaluation,
    private readonly delivery: NoticeDelivery,
  ) {}

  onApplicationBootstrap(): void {
    const interval = setInterval(() => this.wake(), this.alerting.settings.intervalSeconds * 1_000);
    this.scheduler.addInterval('alerts', interval);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.evaluating, this.delivering]);
  }

  private wake(): void {
    if (this.stopping.signal.aborted) return;
    this.evaluating ??= this.evaluate().finally(() => {
      this.evaluating = undefined;
    });
  }

  private async evaluate(): Promise<void> {
    try {
      const longestPauseSeconds = Math.max(120, 3 * this.alerting.settings.intervalSeconds);
      const changes = await this.evaluation.evaluate(new Date(), longestPauseSeconds);
      if (changes !== undefined && changes.raised.length + changes.resolved.length > 0)
        this.logger.log(changes, 'Alerts raised or resolved');
    } catch (error) {
      this.logger.error({ err: error }, 'Alerts cannot be evaluated');
    }
    if (this.stopping.signal.aborted) return;
    this.delivering ??= this.deliver().finally(() => {
      this.delivering = undefined;
    });
  }

  private async deliver(): Promise<void> {
    try {
      await this.delivery.deliver(new Date(), this.stopping.signal);
    } catch (error) {
      this.logger.error({ err: error }, 'Notices cannot be delivered');
    }
  }
}
