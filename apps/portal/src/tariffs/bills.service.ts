import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bill, BillComparisonQuery, BillQuery, TariffDetail } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { computeBill, firstDayOf, monthAfter, startOfDay } from '#libs/tariffs';
import { holidaysOf, inOneCurrency, withinPeriod, type Period } from './billed-versions.js';
import { endProblem } from './load-channels.js';
import type { LoadCandidate } from './load.queries.js';
import { SiteLoadService, type SiteLoad } from './site-load.service.js';
import type { BilledSite } from './site-tariff.queries.js';
import { findBilledSite } from './site-tariff.service.js';
import { findTariff } from './tariffs.service.js';

/** Bills from the stored samples: a rollup would be quicker, but no bill that can be checked. */
@Injectable()
export class BillsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: SiteLoadService,
  ) {}

  /** @throws CodedError NOT_FOUND, TARIFF_NOT_CHOSEN, TARIFF_CURRENCY_CHANGES */
  async bill(siteId: string, query: BillQuery): Promise<Bill> {
    const site = await findBilledSite(this.dataSource, siteId);
    const tariffId = query.tariff ?? site.tariff?.id;
    if (tariffId === undefined) throw new CodedError('TARIFF_NOT_CHOSEN', { detail: site.name });
    const [bill] = await this.billBy(site, query, [tariffId]);
    return bill as Bill;
  }

  /**
   * The same load by several tariffs.
   * @throws CodedError NOT_FOUND, TARIFF_CURRENCY_CHANGES
   */
  async compare(siteId: string, query: BillComparisonQuery): Promise<Bill[]> {
    return this.billBy(await findBilledSite(this.dataSource, siteId), query, query.tariff);
  }

  private async billBy(site: BilledSite, period: Period, tariffIds: readonly string[]): Promise<Bill[]> {
    const tariffs: TariffDetail[] = [];
    for (const id of tariffIds) tariffs.push(withinPeriod(await findTariff(this.dataSource, id), period));
    const { apparentPower, monthsBefore } = needsOf(tariffs);
    const from =
      monthsBefore === 0 ? period.from : firstDayOf(monthAfter(period.from.slice(0, 7), -monthsBefore));
    const load = await this.loads.read(site, {
      start: startOfDay(from, site.timeZone),
      end: startOfDay(period.to, site.timeZone),
      apparentPower,
    });
    const bills: Bill[] = [];
    for (const tariff of tariffs) bills.push(await makeBill(site, period, tariff, load));
    return bills;
  }
}

/** Whether kVA are charged, and how many months a ratchet looks back. */
function needsOf(tariffs: readonly TariffDetail[]): { apparentPower: boolean; monthsBefore: number } {
  const demands = tariffs
    .flatMap(({ versions }) => versions)
    .flatMap(({ document }) => document.components)
    .filter((component) => component.kind === 'demand');
  return {
    apparentPower: demands.some(({ unit }) => unit === 'kVA'),
    monthsBefore: Math.max(0, ...demands.map(({ ratchet }) => ratchet?.months ?? 0)),
  };
}

async function makeBill(
  site: BilledSite,
  period: Period,
  tariff: TariffDetail,
  { profile, channels, ended }: SiteLoad,
): Promise<Bill> {
  const { id, slug, name, timeZone, subscribedA, subscribedKva } = site;
  const isHoliday = await holidaysOf(tariff, period);
  const subscribed = { A: subscribedA, kVA: subscribedKva };
  const { versions } = tariff;
  const computed = inOneCurrency(() =>
    computeBill({ ...period, timeZone, versions, profile, subscribed, isHoliday }),
  );
  return {
    ...computed,
    problems: [...computed.problems, ...ended.map(endProblem)],
    site: { id, slug, name },
    tariff: { id: tariff.id, name: tariff.name, municipality: tariff.municipality.name },
    versions: versions.map((version) => ({
      id: version.id,
      firstDay: version.firstDay,
      lastDay: version.lastDay,
    })),
    channels: channels.filter(({ family }) => family === 'active').map(describeChannel),
  };
}

function describeChannel({ id, deviceSerial, name, unit }: LoadCandidate) {
  return { id, deviceSerial, name, unit };
}
