import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SiteTariff, SiteTariffBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { saveSiteTariff, selectBilledSite, type BilledSite } from './site-tariff.queries.js';
import { lockTariff } from './tariffs.queries.js';

/** By which tariff a site is billed, and what it has subscribed. */
@Injectable()
export class SiteTariffService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** @throws CodedError NOT_FOUND */
  async find(siteId: string): Promise<SiteTariff> {
    return describe(await findBilledSite(this.dataSource, siteId));
  }

  /** @throws CodedError NOT_FOUND, BODY_INVALID for a tariff that there is not */
  save(siteId: string, body: SiteTariffBody, actor: Actor): Promise<SiteTariff> {
    return this.dataSource.transaction(async (manager) => {
      await findBilledSite(manager, siteId);
      const isKnown = body.tariffId === null || (await lockTariff(manager, body.tariffId));
      if (!isKnown || !(await saveSiteTariff(manager, siteId, body))) {
        const problems = [{ path: 'tariffId', message: 'there is no such tariff' }];
        throw new CodedError('BODY_INVALID', { problems });
      }
      const site = await findBilledSite(manager, siteId);
      await this.audit.record(manager, {
        ...actor,
        action: 'site.edited',
        subject: `site ${site.slug}`,
        summary: summarise(site),
      });
      return describe(site);
    });
  }
}

/** @throws CodedError NOT_FOUND */
export async function findBilledSite(
  database: DataSource | EntityManager,
  siteId: string,
): Promise<BilledSite> {
  const site = await selectBilledSite(database, siteId);
  if (site === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such site' });
  return site;
}

function describe({ tariff, subscribedA, subscribedKva }: BilledSite): SiteTariff {
  return { tariff, subscribedA, subscribedKva };
}

function summarise({ tariff, subscribedA, subscribedKva }: BilledSite): string {
  const name = tariff === null ? 'No tariff' : `Tariff "${tariff.name}" of ${tariff.municipality}`;
  return `${name}, subscribed: ${subscribedA ?? 'no'} A, ${subscribedKva ?? 'no'} kVA`;
}
