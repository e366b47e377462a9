import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bill, BillComparisonQuery, BillQuery, TariffDetail } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import {
  computeBill,
  firstDayOf,
  loadHolidays,
  MixedCurrenciesError,
  monthAfter,
  startOfDay,
  type LoadProfile,
} from '#libs/tariffs';
import { readLoad } from './load-reader.js';
import { selectLoadChannels, type LoadChannel } from './load.queries.js';
import type { BilledSite } from './site-tariff.queries.js';
import { findBilledSite } from './site-tariff.service.js';
import { findTariff } from './tariffs.service.js';

type Period = Pick<BillQuery, 'from' | 'to'>;

/** Bills from the stored samples: a rollup would be quicker, but no bill that can be checked. */
@Injectable()
export class BillsService {
  /** One load is read at a time, as each takes memory by the length of its period. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

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
    const channels = await selectLoadChannels(this.dataSource, site.id);
    const profile = await this.readLoad(site, period, tariffs, channels);
    const bills: Bill[] = [];
    for (const tariff of tariffs) bills.push(await makeBill(site, period, tariff, profile, channels));
    return bills;
  }

  private readLoad(
    { timeZone }: BilledSite,
    { from, to }: Period,
    tariffs: readonly TariffDetail[],
    channels: readonly LoadChannel[],
  ): Promise<LoadProfile> {
    const needed = needsOf(tariffs);
    const back =
      needed.monthsBefore === 0 ? from : firstDayOf(monthAfter(from.slice(0, 7), -needed.monthsBefore));
    const used = channels.filter(({ family }) => family === 'active' || needed.apparentPower);
    const read = this.reading.then(() =>
      readLoad(this.dataSource, used, startOfDay(back, timeZone), startOfDay(to, timeZone)),
    );
    this.reading = read.catch(() => undefined);
    return read;
  }
}

/** Only the versions of the period: no other may ask for more data, or be in another currency. */
function withinPeriod(tariff: TariffDetail, { from, to }: Period): TariffDetail {
  const versions = tariff.versions.filter(
    ({ firstDay, lastDay }) => firstDay < to && (lastDay === null || lastDay >= from),
  );
  return { ...tariff, versions };
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
  { from, to }: Period,
  tariff: TariffDetail,
  profile: LoadProfile,
  channels: readonly LoadChannel[],
): Promise<Bill> {
  const { id, slug, name, timeZone, subscribedA, subscribedKva } = site;
  const calendars = tariff.versions.flatMap(({ document }) => document.holidays ?? []);
  const isHoliday = await loadHolidays(calendars, yearsOf(from, to));
  const subscribed = { A: subscribedA, kVA: subscribedKva };
  try {
    const { versions } = tariff;
    return {
      ...computeBill({ from, to, timeZone, versions, profile, subscribed, isHoliday }),
      site: { id, slug, name },
      tariff: { id: tariff.id, name: tariff.name, municipality: tariff.municipality.name },
      versions: versions.map((version) => ({
        id: version.id,
        firstDay: version.firstDay,
        lastDay: version.lastDay,
      })),
      channels: channels.filter(({ family }) => family === 'active').map(describeChannel),
    };
  } catch (error) {
    if (!(error instanceof MixedCurrenciesError)) throw error;
    throw new CodedError('TARIFF_CURRENCY_CHANGES', { detail: error.currencies.join(', ') });
  }
}

function describeChannel({ id, deviceSerial, name, unit }: LoadChannel) {
  return { id, deviceSerial, name, unit };
}

function yearsOf(from: string, to: string): number[] {
  const first = Number(from.slice(0, 4));
  return Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, index) => first + index);
}
