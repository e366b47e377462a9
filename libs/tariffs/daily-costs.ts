import type { BillProblem, DailyCosts, DayCost, TariffComponent, TariffDocument } from '#libs/contracts';
import { MixedCurrenciesError, type BillQuestion } from './bill.js';
import { chargesOf } from './charges/index.js';
import { blockCharges } from './charges/blocks.js';
import { chargedPart, type Charge } from './charges/charge.js';
import { amountIn, completeness } from './load-profile.js';
import { firstDayOf, localDays, monthAfter } from './local-days.js';
import { Decimal, sum } from './rounding.js';
import {
  cutIntoSegments,
  dateRanges,
  segmentOfDay,
  type EnergyCell,
  type PlannedDay,
  type Segment,
} from './segments.js';

export interface DailyCostsQuestion extends BillQuestion {
  /** Minute since 1970 UTC that it is now: days that begin later have no cost yet. */
  now: number;
}

/** Amounts are not rounded as a bill's; so many decimals are kept. */
const decimals = 6;

/**
 * What each day adds to the bill of its month, taxes included. Energy costs what it does on the day it was used; blocks
 * are filled day by day from the first of the month on, for which the profile must begin there; what is agreed by the
 * month is shared out evenly over its days. Demand belongs to no day and is only named. The days of a month and its demand
 * add up to its bill, but for rounding.
 * @throws MixedCurrenciesError
 */
export function computeDailyCosts(question: DailyCostsQuestion): DailyCosts {
  const { from, to, timeZone, versions, profile, isHoliday, now } = question;
  // Whole months: a block is as large as the month's part that the version is valid in, whatever is asked for.
  const lastMonth = localDays(from, to, timeZone).at(-1)?.date.slice(0, 7) ?? from.slice(0, 7);
  const days = localDays(firstDayOf(from.slice(0, 7)), firstDayOf(monthAfter(lastMonth, 1)), timeZone);
  const { segments, uncovered } = cutIntoSegments(days, versions, profile, isHoliday);
  const isAsked = (date: string) => from <= date && date < to;
  const asked = segments.filter((one) => one.days.some(({ day }) => isAsked(day.date)));
  const currencies = [...new Set(asked.map(({ version }) => version.document.currency))];
  if (currencies.length > 1) throw new MixedCurrenciesError(currencies);
  const problems = new Map<string, BillProblem>();
  const report = (problem: BillProblem) => void problems.set(JSON.stringify(problem), problem);
  for (const range of dateRanges(uncovered.filter(isAsked))) report({ code: 'NO_TARIFF_VERSION', ...range });
  const costs = new Map(asked.flatMap((one) => [...costsOfDays(one, question, report)]));
  return {
    currency: currencies[0] ?? null,
    days: days
      .filter(({ date, start }) => isAsked(date) && start < now)
      .map(({ date, start, end }) => {
        const range = { start, end: Math.min(end, now) };
        const share = completeness(profile, profile.active, range);
        const energy = new Decimal(amountIn(profile, profile.active, range));
        return describe(date, share, energy, costs.get(date));
      }),
    demand: [...new Set(asked.flatMap(({ version }) => namesOfDemand(version.document)))],
    problems: [...problems.values()],
  };
}

interface Cost {
  energy: Decimal;
  fixed: Decimal;
}

function describe(day: string, share: number, energyKwh: Decimal, cost: Cost | undefined): DayCost {
  // Registers that were read far apart say how much was used, not when: there is energy, and no time is covered.
  const isMeasured = share > 0 || !energyKwh.isZero();
  return {
    day,
    energyKwh: isMeasured ? show(energyKwh) : null,
    energyAmount: isMeasured ? show(cost?.energy) : null,
    fixedAmount: show(cost?.fixed),
    completeness: share,
  };
}

function show(amount: Decimal | undefined): string | null {
  return amount?.toDecimalPlaces(decimals).toFixed() ?? null;
}

function* costsOfDays(
  segment: Segment,
  question: DailyCostsQuestion,
  report: (problem: BillProblem) => void,
): Iterable<[date: string, cost: Cost]> {
  const { profile, timeZone, subscribed } = question;
  const { version } = segment;
  const context = { profile, timeZone, subscribed, report };
  const priced = version.document.components
    .filter(({ kind }) => kind !== 'demand')
    .map((component) => ({
      component,
      gross: grossFactor(version.document, component),
      add: component.kind === 'blocks' ? dayInBlocks(component, segment) : undefined,
    }));
  for (const planned of segment.days) {
    const own = segmentOfDay(segment, planned, profile);
    const cost: Cost = { energy: new Decimal(0), fixed: new Decimal(0) };
    for (const { component, gross, add } of priced) {
      const amount = add?.(planned, own.energy) ?? amountOf(chargesOf(component, own, context));
      const kind = component.kind === 'fixed' || component.kind === 'capacity' ? 'fixed' : 'energy';
      cost[kind] = cost[kind].plus(amount.times(gross));
    }
    yield [planned.day.date, cost];
  }
}

/** Called day by day: what a day adds to the amount of all blocks of the segment's part of the month. */
function dayInBlocks(component: Extract<TariffComponent, { kind: 'blocks' }>, segment: Segment) {
  const { days } = chargedPart(component, segment);
  const energy: EnergyCell[] = [];
  let before = new Decimal(0);
  return (planned: PlannedDay, cells: readonly EnergyCell[]): Decimal => {
    if (!days.includes(planned)) return new Decimal(0);
    energy.push(...cells);
    const all = amountOf(blockCharges(component, { segment, days, energy }));
    const own = all.minus(before);
    before = all;
    return own;
  };
}

function amountOf(charges: readonly Charge[]): Decimal {
  return sum(charges.map(({ quantity, rate }) => quantity.times(rate)));
}

/** What an amount is multiplied by to have the taxes on it. */
function grossFactor({ taxes }: TariffDocument, { id }: TariffComponent): Decimal {
  const percents = taxes
    .filter(({ on }) => on === null || on.includes(id))
    .map(({ percent }) => new Decimal(percent));
  return sum(percents).div(100).plus(1);
}

function namesOfDemand({ components }: TariffDocument): string[] {
  return components.filter(({ kind }) => kind === 'demand').map(({ name }) => name);
}
