import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type {
  AlertDestination,
  AlertDestinationBody,
  AlertDestinations,
  AlertDestinationTest,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '../sign-in/actor.decorator.js';
import type { AlertAudit, Alerting } from './alerting.js';
import { DestinationStore } from './destination-store.js';
import { EmailSender } from './email-sender.js';
import { mailOf } from './notice-mail.js';
import { DeliveryError, withLink, type NoticeTarget } from './notice.js';
import { NoticeStore } from './notice-store.js';
import { ALERT_AUDIT, ALERTING } from './tokens.js';
import { WebhookSender } from './webhook-sender.js';

/** Where notices of alerts go. */
@Injectable()
export class DestinationsService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(ALERTING) private readonly alerting: Alerting,
    @Inject(ALERT_AUDIT) private readonly audit: AlertAudit,
    private readonly destinations: DestinationStore,
    private readonly notices: NoticeStore,
    private readonly webhooks: WebhookSender,
    private readonly emails: EmailSender,
  ) {}

  async list(): Promise<AlertDestinations> {
    return {
      destinations: await this.destinations.select(this.dataSource, null),
      emailConfigured: this.emails.configured,
    };
  }

  /** @throws CodedError ALERT_DESTINATION_EXISTS */
  add(body: AlertDestinationBody, actor: Actor): Promise<AlertDestination> {
    return this.dataSource.transaction(async (manager) => {
      const id = await this.destinations.insert(manager, body);
      if (id === undefined) throw new CodedError('ALERT_DESTINATION_EXISTS');
      await this.record(manager, actor, 'alert-destination.added', `Added ${describe(body)}`);
      return this.find(manager, id);
    });
  }

  /**
   * Turned off, what it has not been sent is dropped.
   * @throws CodedError NOT_FOUND, ALERT_DESTINATION_EXISTS, BODY_INVALID when the type is another
   */
  edit(id: string, body: AlertDestinationBody, actor: Actor): Promise<AlertDestination> {
    return this.dataSource.transaction(async (manager) => {
      const { type } = await this.find(manager, id);
      if (type !== body.type) {
        const problems = [{ path: 'type', message: 'cannot be changed: add another destination' }];
        throw new CodedError('BODY_INVALID', { problems });
      }
      if (!(await this.destinations.update(manager, id, body)))
        throw new CodedError('ALERT_DESTINATION_EXISTS');
      if (!body.enabled) await this.notices.deleteUnsent(manager, id);
      const state = body.enabled ? 'on' : 'off';
      await this.record(manager, actor, 'alert-destination.edited', `Set ${describe(body)}: ${state}`);
      return this.find(manager, id);
    });
  }

  /**
   * What it was sent stays in the history of the alerts.
   * @throws CodedError NOT_FOUND
   */
  remove(id: string, actor: Actor): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const destination = await this.find(manager, id);
      await this.notices.deleteUnsent(manager, id);
      await this.destinations.remove(manager, id);
      await this.record(manager, actor, 'alert-destination.removed', `Removed ${describe(destination)}`);
    });
  }

  /**
   * Sends a notice at once and says what became of it.
   * @throws CodedError NOT_FOUND
   */
  async test(id: string, actor: Actor): Promise<AlertDestinationTest> {
    const destination = await this.find(this.dataSource, id);
    const error = await this.sendTest(destination);
    const summary = `Tested ${describe(destination)}: ${error ?? 'sent'}`;
    await this.dataSource.transaction(async (manager) => {
      await this.notices.recordOutcome(manager, id, new Date(), error);
      await this.record(manager, actor, 'alert-destination.tested', summary);
    });
    return error === null
      ? { sent: true, message: 'The test notice was sent' }
      : { sent: false, message: error };
  }

  /** @returns why it was not sent */
  private async sendTest({ type, address }: NoticeTarget): Promise<string | null> {
    const stored = {
      event: 'test' as const,
      alertId: uuid(),
      kind: null,
      subject: this.alerting.noSubject,
      summary: 'Test of a destination of alerts',
      raisedAt: new Date().toISOString(),
      resolvedAt: null,
    };
    const notice = withLink(stored, this.alerting);
    try {
      if (type === 'webhook') await this.webhooks.send(address, notice, new AbortController().signal);
      else await this.emails.send(address, mailOf(notice), notice.alertId);
      return null;
    } catch (error) {
      if (error instanceof DeliveryError) return error.message;
      throw error;
    }
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    action: `alert-destination.${'added' | 'edited' | 'removed' | 'tested'}`,
    summary: string,
  ): Promise<void> {
    return this.audit.record(manager, { ...actor, action, summary });
  }

  private async find(database: Pick<EntityManager, 'query'>, id: string): Promise<AlertDestination> {
    const [destination] = await this.destinations.select(database, id);
    if (destination === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such destination' });
    return destination;
  }
}

/** A webhook by its host alone: the path may be a secret, and the audit log keeps everything. */
function describe({ type, address }: Pick<AlertDestination, 'type' | 'address'>): string {
  return type === 'email' ? `e-mail ${address}` : `webhook ${new URL(address).origin}`;
}
