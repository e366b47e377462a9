import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AlertMetrics } from './alert-metrics.js';
import type { Alerting } from './alerting.js';
import { EmailSender } from './email-sender.js';
import { digestOf, mailOf } from './notice-mail.js';
import { DeliveryError, withLink, type NoticeTarget, type WaitingNotice } from './notice.js';
import { NoticeStore } from './notice-store.js';
import { ALERTING } from './tokens.js';
import { WebhookSender } from './webhook-sender.js';

const firstRetrySeconds = 30;
const longestRetrySeconds = 3_600;
const triedForMs = 24 * 3_600_000;
const mostInOnePass = 500;
/** More notices than this for one mailbox go in one mail. */
const mostSingleMails = 10;

/**
 * Sends notices, each at least once and those of an alert in their order. A process that dies between sending and
 * recording it sends again: the alert's id, or the mail's Message-ID, tells.
 */
@Injectable()
export class NoticeDelivery {
  private readonly logger = new Logger('Alerts');

  constructor(
    private readonly dataSource: DataSource,
    @Inject(ALERTING) private readonly alerting: Alerting,
    private readonly store: NoticeStore,
    private readonly webhooks: WebhookSender,
    private readonly emails: EmailSender,
    private readonly metrics: AlertMetrics,
  ) {}

  /** Sends what is due to all destinations, beside each other; then gives up what is older than 24 h. */
  async deliver(now: Date, stop: AbortSignal): Promise<void> {
    const targets = await this.store.selectDueDestinations(now);
    await Promise.all(
      targets
        .filter(({ type }) => type === 'webhook' || this.emails.configured)
        .map((target) => this.deliverTo(target, now, stop)),
    );
    for (const { type, count } of await this.store.giveUp(now, new Date(now.getTime() - triedForMs))) {
      this.metrics.countNotices(type, 'given-up', count);
      this.logger.error({ type, count }, 'Notices of alerts were given up after 24 h');
    }
  }

  private async deliverTo(target: NoticeTarget, now: Date, stop: AbortSignal): Promise<void> {
    const sender = randomUUID();
    if (!(await this.store.holdDestination(target.id, sender))) return;
    try {
      let group = await this.nextGroup(target, now);
      while (group.length > 0 && !stop.aborted) {
        if (!(await this.store.holdDestination(target.id, sender))) return;
        // A destination that fails would fail for all that wait: the next pass tries one more.
        if (!(await this.attempt(target, group, now, stop))) return;
        group = await this.nextGroup(target, now);
      }
    } finally {
      await this.store.releaseDestination(target.id, sender);
    }
  }

  /** What goes in the next message: one notice, or all of a storm. */
  private async nextGroup(target: NoticeTarget, now: Date): Promise<WaitingNotice[]> {
    const single = target.type === 'webhook';
    const due = await this.store.selectDueNotices(target.id, now, single ? 1 : mostInOnePass);
    return due.length > mostSingleMails ? due : due.slice(0, 1);
  }

  private async attempt(
    target: NoticeTarget,
    group: WaitingNotice[],
    now: Date,
    stop: AbortSignal,
  ): Promise<boolean> {
    const ids = group.map(({ id }) => id);
    try {
      await this.send(target, group, stop);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (stop.aborted) return false;
      await this.noteFailure(target, group, now, error);
      return false;
    }
    await this.dataSource.transaction(async (manager) => {
      await this.store.recordSent(manager, ids, now);
      await this.store.recordOutcome(manager, target.id, now, null);
    });
    this.metrics.countNotices(target.type, 'sent', ids.length);
    return true;
  }

  private async send(
    { type, address }: NoticeTarget,
    group: WaitingNotice[],
    stop: AbortSignal,
  ): Promise<void> {
    const { alerting } = this;
    const notices = group.map(({ notice }) => withLink(notice, alerting));
    const [first] = notices;
    if (first === undefined) return;
    if (type === 'webhook') return this.webhooks.send(address, first, stop);
    const mail =
      notices.length === 1
        ? mailOf(first)
        : digestOf(notices, new URL(alerting.alertsPage, alerting.settings.publicUrl));
    return this.emails.send(address, mail, `alert-notice-${group[0]?.id}`);
  }

  private async noteFailure(
    target: NoticeTarget,
    group: WaitingNotice[],
    now: Date,
    { message }: DeliveryError,
  ): Promise<void> {
    const attempts = Math.max(...group.map((notice) => notice.attempts));
    const waitSeconds = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** attempts);
    const nextAttemptAt = new Date(now.getTime() + waitSeconds * 1_000);
    const ids = group.map(({ id }) => id);
    await this.dataSource.transaction(async (manager) => {
      await this.store.recordFailed(manager, ids, nextAttemptAt, message);
      await this.store.recordOutcome(manager, target.id, now, message);
    });
    this.metrics.countNotices(target.type, 'failed', ids.length);
    this.logger.warn(
      { destination: target.id, type: target.type, waitSeconds },
      `A notice failed: ${message}`,
    );
  }
}
