import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CodedError } from '#libs/errors';
import { SiteDashboards } from '../dashboards/site-dashboards.service.js';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { PusherService } from '../fleet-push/pusher.service.js';
import { toConflict } from './catalogue-conflict.js';

/** What a change of the catalogue is made with: its transaction, and the outbox where there is a push. */
export type CatalogueWork<T> = (manager: EntityManager, outbox: OutboxWriter | undefined) => Promise<T>;

/** Every change of sites, devices and channels runs in one: Admin hears of it by an entry of the same transaction. */
@Injectable()
export class CatalogueTransaction {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pusher: PusherService,
    private readonly dashboards: SiteDashboards,
  ) {}

  /** @throws CodedError CATALOGUE_CONFLICT naming the field, and what the work throws */
  async run<T>(work: CatalogueWork<T>): Promise<T> {
    const result = await this.dataSource
      .transaction(async (manager) => work(manager, await OutboxWriter.open(manager)))
      .catch((error: unknown) => {
        throw toConflict(error) ?? error;
      });
    this.pusher.wake();
    this.dashboards.wake();
    return result;
  }
}

export function notFound(kind: 'site' | 'device' | 'channel'): CodedError {
  return new CodedError('NOT_FOUND', { detail: `no such ${kind}` });
}
