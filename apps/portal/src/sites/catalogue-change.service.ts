import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ChannelChange, SiteChange } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { PusherService } from '../fleet-push/pusher.service.js';
import {
  deleteBranch,
  lockBranch,
  updateChannel,
  updateSite,
  type EntityKind,
} from './catalogue-change.queries.js';

/** Renames and deletes sites, devices and channels; Admin hears of it by an entry of the same transaction. */
@Injectable()
export class CatalogueChangeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pusher: PusherService,
  ) {}

  /** @throws CodedError NOT_FOUND */
  async changeSite(id: string, change: SiteChange): Promise<void> {
    await this.change(async (manager, outbox) => {
      const site = await updateSite(manager, id, change);
      if (site === undefined) throw notFound('site');
      await outbox?.announce({ sites: [site], devices: [], channels: [] });
    });
  }

  /** @throws CodedError NOT_FOUND */
  async changeChannel(id: string, change: ChannelChange): Promise<void> {
    await this.change(async (manager, outbox) => {
      const channel = await updateChannel(manager, id, change);
      if (channel === undefined) throw notFound('channel');
      await outbox?.announce({ sites: [], devices: [], channels: [channel] });
    });
  }

  /**
   * Deletes a site, device or channel with everything below it. A master's modules go with it.
   * @throws CodedError NOT_FOUND
   */
  async remove(kind: EntityKind, id: string): Promise<void> {
    await this.change(async (manager, outbox) => {
      const branch = await lockBranch(manager, kind, id);
      if (branch === undefined) throw notFound(kind);
      await deleteBranch(manager, branch);
      // What is below a site or a device goes with it.
      if (kind === 'site') await outbox?.remove({ sites: branch.siteUids });
      if (kind === 'device') await outbox?.remove({ devices: branch.deviceUids });
      if (kind === 'channel') await outbox?.remove({ channels: branch.channelUids });
    });
  }

  private async change(
    work: (manager: EntityManager, outbox: OutboxWriter | undefined) => Promise<void>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => work(manager, await OutboxWriter.open(manager)));
    this.pusher.wake();
  }
}

function notFound(kind: EntityKind): CodedError {
  return new CodedError('NOT_FOUND', { detail: `no such ${kind}` });
}
