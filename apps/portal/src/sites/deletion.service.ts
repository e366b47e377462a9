import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeletionSize } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { CatalogueTransaction, notFound } from './catalogue-transaction.js';
import {
  deleteBranch,
  lockBranch,
  selectSize,
  selectSubject,
  type Branch,
  type EntityKind,
  type Subject,
} from './deletion.queries.js';

/** Deletes sites, devices and channels with everything below them. */
@Injectable()
export class DeletionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transaction: CatalogueTransaction,
    private readonly audit: AuditService,
  ) {}

  /**
   * What a deletion would take along.
   * @throws CodedError NOT_FOUND
   */
  async size(kind: EntityKind, id: string): Promise<DeletionSize> {
    const size = await selectSize(this.dataSource, kind, id);
    if (size === undefined) throw notFound(kind);
    return size;
  }

  /**
   * Deletes a site, device or channel with everything below it. A master's modules go with it.
   * @param confirm the slug as somebody typed it; asked for where a site goes
   * @throws CodedError NOT_FOUND, CONFIRMATION_WRONG
   */
  async remove(kind: EntityKind, id: string, actor: Actor, confirm = ''): Promise<void> {
    await this.transaction.run(async (manager, outbox) => {
      const branch = await lockBranch(manager, kind, id);
      const subject = await selectSubject(manager, kind, id);
      if (branch === undefined || subject === undefined) throw notFound(kind);
      if (kind === 'site') checkTyped(confirm, subject);
      await deleteBranch(manager, branch);
      // What is below a site or a device goes with it.
      if (kind === 'site') await outbox?.remove({ sites: branch.siteUids });
      if (kind === 'device') await outbox?.remove({ devices: branch.deviceUids });
      if (kind === 'channel') await outbox?.remove({ channels: branch.channelUids });
      await this.audit.record(manager, {
        ...actor,
        action: `${kind}.deleted`,
        subject: nameOf(kind, subject),
        summary: summarize(kind, branch),
      });
    });
  }
}

function checkTyped(confirm: string, { slug }: Subject): void {
  if (confirm === slug) return;
  throw new CodedError('CONFIRMATION_WRONG', { problems: [{ path: 'confirm', message: `must be ${slug}` }] });
}

function nameOf(kind: EntityKind, { slug, serial, label }: Subject): string {
  return `${kind} ${[slug, serial, label].filter((part) => part !== null).join('/')}`;
}

function summarize(kind: EntityKind, { deviceUids, channelUids }: Branch): string {
  const devices = `${deviceUids.length} ${deviceUids.length === 1 ? 'device' : 'devices'}`;
  const channels = `${channelUids.length} ${channelUids.length === 1 ? 'channel' : 'channels'}`;
  if (kind === 'channel') return 'Deleted with its measurements';
  return kind === 'site'
    ? `Deleted with ${devices} and ${channels}`
    : `Deleted, in all ${devices} and ${channels}`;
}
