import { Injectable } from '@nestjs/common';
import type { NewSite, PushedSite, SiteChange } from '#libs/contracts';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { CatalogueTransaction, notFound } from './catalogue-transaction.js';
import { summarizeChange } from './change-summary.js';
import { withChange } from './field-change.js';
import {
  insertSite,
  lockSite,
  setArchived,
  updateSite,
  type LockedSite,
  type SiteFields,
} from './site-change.queries.js';

const emptySite = { address: '', notes: '', latitude: null, longitude: null, externalId: null };

/** Creates, edits and archives sites. */
@Injectable()
export class SiteChangeService {
  constructor(
    private readonly transaction: CatalogueTransaction,
    private readonly audit: AuditService,
  ) {}

  /** @throws CodedError CATALOGUE_CONFLICT */
  create(body: NewSite, actor: Actor): Promise<{ id: string }> {
    return this.transaction.run(async (manager, outbox) => {
      const { slug, name, timeZone } = body;
      const fields = withChange<SiteFields>({ ...emptySite, slug, name, timeZone }, body);
      const id = await insertSite(manager, fields);
      await outbox?.announce({ sites: [pushed(id, fields)], devices: [], channels: [] });
      const summary = `Created "${name}" in ${timeZone}`;
      await this.audit.record(manager, {
        ...actor,
        action: 'site.created',
        subject: `site ${slug}`,
        summary,
      });
      return { id };
    });
  }

  /** @throws CodedError NOT_FOUND, CATALOGUE_CONFLICT */
  edit(id: string, change: SiteChange, actor: Actor): Promise<void> {
    return this.transaction.run(async (manager, outbox) => {
      const site = await lockSite(manager, id);
      if (site === undefined) throw notFound('site');
      const fields = withChange(site.fields, change);
      const summary = summarizeChange(site.fields, fields);
      if (summary === undefined) return;
      await updateSite(manager, site.id, fields);
      if (isPushed(site.fields, fields)) {
        await outbox?.announce({ sites: [pushed(id, fields)], devices: [], channels: [] });
      }
      const subject = subjectOf(site);
      await this.audit.record(manager, { ...actor, action: 'site.edited', subject, summary });
    });
  }

  /**
   * An archived site is left out of lists; its data stays, and more is taken. Done twice it changes nothing.
   * @throws CodedError NOT_FOUND
   */
  setArchived(id: string, archived: boolean, actor: Actor): Promise<void> {
    return this.transaction.run(async (manager) => {
      const site = await lockSite(manager, id);
      if (site === undefined) throw notFound('site');
      if ((site.archivedAt !== null) === archived) return;
      await setArchived(manager, site.id, archived);
      const action = archived ? 'site.archived' : 'site.restored';
      const summary = archived ? 'Archived' : 'Restored';
      await this.audit.record(manager, { ...actor, action, subject: subjectOf(site), summary });
    });
  }
}

function subjectOf({ fields }: LockedSite): string {
  return `site ${fields.slug}`;
}

function pushed(id: string, { slug, name, timeZone }: SiteFields): PushedSite {
  return { id, slug, name, timeZone };
}

function isPushed(before: SiteFields, after: SiteFields): boolean {
  return (['slug', 'name', 'timeZone'] as const).some((field) => before[field] !== after[field]);
}
