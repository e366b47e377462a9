import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SiteCost, SiteCostQuery, TariffDetail } from '#libs/contracts';
import { computeDailyCosts, firstDayOf, startOfDay } from '#libs/tariffs';
import { SiteEnergyService } from '../measurements/site-energy.service.js';
import { holidaysOf, inOneCurrency, withinPeriod } from './billed-versions.js';
import { endProblem } from './load-channels.js';
import { SiteLoadService, type SiteLoad } from './site-load.service.js';
import type { BilledSite } from './site-tariff.queries.js';
import { findBilledSite } from './site-tariff.service.js';
import { profileOfSlots } from './slot-profile.js';
import { findTariff } from './tariffs.service.js';

/** Longer periods are computed from rollups: their samples would take too long for a page. */
const maxSampledDays = 35;
const dayMs = 86_400_000;

/** What the days of a site cost. */
@Injectable()
export class SiteCostService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loads: SiteLoadService,
    private readonly energy: SiteEnergyService,
  ) {}

  /** @throws CodedError NOT_FOUND, TARIFF_CURRENCY_CHANGES */
  async find(siteId: string, { from, to }: SiteCostQuery): Promise<SiteCost> {
    const site = await findBilledSite(this.dataSource, siteId);
    const { timeZone, subscribedA, subscribedKva } = site;
    const isShort = Date.parse(to) - Date.parse(from) <= maxSampledDays * dayMs;
    const basis = isShort ? ('samples' as const) : ('rollups' as const);
    const answer = { from, to, timeZone, tariff: site.tariff, basis };
    if (site.tariff === null) return { ...answer, currency: null, days: [], demand: [], problems: [] };
    const tariff = withinPeriod(await findTariff(this.dataSource, site.tariff.id), { from, to });
    const isHoliday = await holidaysOf(tariff, { from, to });
    const now = Math.floor(Date.now() / 60_000);
    const start = startOfDay(firstDayNeeded(tariff, from), timeZone);
    const end = Math.max(start, Math.min(startOfDay(to, timeZone), now));
    const { profile, ended } = await this.readLoad(site, start, end, basis);
    const { versions } = tariff;
    const subscribed = { A: subscribedA, kVA: subscribedKva };
    const question = { from, to, timeZone, versions, profile, subscribed, isHoliday, now };
    const costs = inOneCurrency(() => computeDailyCosts(question));
    return { ...answer, ...costs, problems: [...costs.problems, ...ended.map(endProblem)] };
  }

  private async readLoad(
    site: BilledSite,
    start: number,
    end: number,
    basis: SiteCost['basis'],
  ): Promise<Pick<SiteLoad, 'profile' | 'ended'>> {
    if (basis === 'samples') return this.loads.read(site, { start, end, apparentPower: false });
    const slots = await this.energy.slotsOfDays(site.id, start * 60_000, end * 60_000);
    return { profile: profileOfSlots(slots, start, end), ended: [] };
  }
}

/** Blocks are filled from the first of the month on. */
function firstDayNeeded({ versions }: TariffDetail, from: string): string {
  const hasBlocks = versions.some(({ document }) =>
    document.components.some(({ kind }) => kind === 'blocks'),
  );
  return hasBlocks ? firstDayOf(from.slice(0, 7)) : from;
}
