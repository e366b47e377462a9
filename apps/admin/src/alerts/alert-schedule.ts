import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { AlertEvaluator } from './alert-evaluator.js';
import { ALERT_SETTINGS, type AlertSettings } from './alerts.config.js';
import { NoticeDelivery } from './notice-delivery.js';

/** Evaluates and delivers on a schedule; a slow destination holds up deliveries, never the evaluation. */
@Injectable()
export class AlertSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Alerts');
  private readonly stopping = new AbortController();
  private evaluating: Promise<void> | undefined;
  private delivering: Promise<void> | undefined;

  constructor(
    @Inject(ALERT_SETTINGS) private readonly settings: AlertSettings,
    private readonly scheduler: SchedulerRegistry,
    private readonly evaluator: AlertEvaluator,
    private readonly delivery: NoticeDelivery,
  ) {}

  onApplicationBootstrap(): void {
    const interval = setInterval(() => this.wake(), this.settings.intervalSeconds * 1_000);
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
      const longestPauseSeconds = Math.max(120, 3 * this.settings.intervalSeconds);
      const changes = await this.evaluator.evaluate(new Date(), longestPauseSeconds);
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
