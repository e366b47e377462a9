import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { FleetPushStatus, QuarantinedEntry } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { lockData } from './data-lock.js';
import { OutboxWriter } from './outbox-writer.js';
import { endWaiting } from './push-state.queries.js';
import { PusherService } from './pusher.service.js';
import { releaseQuarantined } from './quarantine.js';
import { selectQuarantine, takeQuarantined } from './quarantine.queries.js';
import { startReconcile } from './reconcile.queries.js';
import { selectStatus } from './status.queries.js';

/** Most entries that the list of the quarantine shows. */
const listedEntries = 200;

/** What people see of the push, and what they may do about it. */
@Injectable()
export class FleetPushService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly pusher: PusherService,
  ) {}

  async status(): Promise<FleetPushStatus> {
    const { fleet } = this.settings;
    const url = fleet?.url.href ?? null;
    return { enabled: fleet !== undefined, url, ...(await selectStatus(this.dataSource)) };
  }

  /**
   * Sends now what waits for its time.
   * @throws CodedError FLEET_PUSH_DISABLED
   */
  async retry(): Promise<void> {
    await this.change((manager) => endWaiting(manager));
  }

  /**
   * Compares everything with Admin.
   * @throws CodedError FLEET_PUSH_DISABLED
   */
  async reconcile(): Promise<void> {
    await this.change((manager) => startReconcile(manager, 'requested'));
  }

  quarantine(): Promise<QuarantinedEntry[]> {
    return selectQuarantine(this.dataSource, listedEntries);
  }

  /**
   * Queues a quarantined entry again, as its rows are now.
   * @throws CodedError FLEET_PUSH_DISABLED, NOT_FOUND
   */
  async release(id: string): Promise<void> {
    await this.change(async (manager) => {
      await lockData(manager);
      const outbox = await OutboxWriter.openLocked(manager);
      if (outbox === undefined) throw new CodedError('FLEET_PUSH_DISABLED');
      if (!(await releaseQuarantined(manager, outbox, id))) throw notFound();
    });
  }

  /** @throws CodedError NOT_FOUND */
  async discard(id: string): Promise<void> {
    if ((await takeQuarantined(this.dataSource.manager, id)) === undefined) throw notFound();
  }

  private async change(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    if (this.settings.fleet === undefined) throw new CodedError('FLEET_PUSH_DISABLED');
    await this.dataSource.transaction(work);
    this.pusher.wake();
  }
}

function notFound(): CodedError {
  return new CodedError('NOT_FOUND', { detail: 'no such entry in quarantine' });
}
