import type { BillLine, BillProblem, ComputedBill } from '#libs/contracts';
import { chargesOf, type Charge, type ChargeContext } from './charges/index.js';
import type { HolidayCheck } from './day-plan.js';
import { amountIn, completeness, missingRanges, type LoadProfile, type MinuteRange } from './load-profile.js';
import { dayAfter, localDays } from './local-days.js';
import { Decimal, roundMoney, sum } from './rounding.js';
import { cutIntoSegments, dateRanges, type Segment, type TariffVersion } from './segments.js';

/** What a bill is made from. */
export interface BillQuestion {
  /** Days on the site's clock, `to` exclusive. */
  from: string;
  to: string;
  timeZone: string;
  versions: readonly TariffVersion[];
  /** The whole period, and before it what a ratchet looks back on; outside of it nothing is known. */
  profile: LoadProfile;
  subscribed: ChargeContext['subscribed'];
  isHoliday: HolidayCheck;
}

/** More stretches than this are counted, not listed. */
const maxListed = 500;

/** The versions of the period are in different currencies, which have no sum. */
export class MixedCurrenciesError extends Error {
  constructor(readonly currencies: readonly string[]) {
    super(`the tariff changes its currency in the period: ${currencies.join(', ')}`);
  }
}

/**
 * The bill of a period: lines of quantity × rate = amount by calendar month and tariff version, then the taxes of each.
 * How energy is measured, rounded and shared out is in docs/explanation/tariffs.md.
 * @throws MixedCurrenciesError
 */
export function computeBill(question: BillQuestion): ComputedBill {
  const { from, to, timeZone, versions, profile, subscribed, isHoliday } = question;
  const days = localDays(from, to, timeZone);
  const { segments, uncovered } = cutIntoSegments(days, versions, profile, isHoliday);
  const currencies = [...new Set(segments.map(({ version }) => version.document.currency))];
  if (currencies.length > 1) throw new MixedCurrenciesError(currencies);
  const problems: BillProblem[] = dateRanges(uncovered).map((range) => ({
    code: 'NO_TARIFF_VERSION',
    ...range,
  }));
  const report = (problem: BillProblem) => void problems.push(problem);
  const priced = segments.flatMap((segment) =>
    priceSegment(segment, { profile, timeZone, subscribed, report }),
  );
  const range = { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 };
  return {
    from,
    to,
    timeZone,
    currency: currencies[0] ?? null,
    lines: priced.map(({ line }) => line),
    ...totals(priced, segments),
    ...measurement(profile, range),
    problems,
  };
}

interface PricedLine {
  amount: Decimal;
  line: BillLine;
}

function priceSegment(segment: Segment, context: ChargeContext): PricedLine[] {
  const { document } = segment.version;
  const charged = document.components.flatMap((component) =>
    chargesOf(component, segment, context).map((charge) =>
      price(charge, component, segment, context.profile),
    ),
  );
  const taxes = document.taxes.flatMap(({ id, name, percent, on }) => {
    const taxed = charged.filter(({ line }) => on === null || on.includes(line.component));
    if (taxed.length === 0) return [];
    const charge: Charge = {
      detail: null,
      quantity: sum(taxed.map(({ amount }) => amount)),
      unit: 'money',
      rate: new Decimal(percent).div(100),
      days: segment.days,
    };
    const tax = price(charge, { id, name, kind: 'tax' }, segment, context.profile);
    tax.line.isIncomplete = taxed.some(({ line }) => line.isIncomplete);
    return [tax];
  });
  return [...charged, ...taxes];
}

function price(
  charge: Charge,
  { id, name, kind }: { id: string; name: string; kind: BillLine['kind'] },
  { version }: Segment,
  profile: LoadProfile,
): PricedLine {
  const exact = charge.quantity.times(charge.rate);
  const amount = version.document.rounding.when === 'line' ? roundMoney(exact, version.document) : exact;
  const first = charge.days[0]?.day.date ?? '';
  const last = charge.days.at(-1)?.day.date ?? first;
  return {
    amount,
    line: {
      from: first,
      to: dayAfter(last),
      versionId: version.id,
      component: id,
      name,
      kind,
      detail: charge.detail,
      quantity: charge.quantity.toFixed(),
      unit: charge.unit,
      rate: charge.rate.toFixed(),
      amount: amount.toFixed(),
      isIncomplete: isIncomplete(charge, profile),
      ratchet: charge.ratchet ?? null,
    },
  };
}

/** Whether something was not measured that the quantity depends on. */
function isIncomplete({ measured, days }: Charge, profile: LoadProfile): boolean {
  if (measured === undefined) return false;
  const series = measured === 'reactive' ? [profile.active, profile.reactive] : [profile[measured]];
  return series.some(
    (one) => one === undefined || days.some(({ day }) => completeness(profile, one, day) < 1),
  );
}

/** Rounded once at the end, by the last version; amounts that were rounded line by line stay as they are. */
function totals(lines: readonly PricedLine[], segments: readonly Segment[]) {
  const isTax = ({ line }: PricedLine) => line.kind === 'tax';
  const net = sum(lines.filter((line) => !isTax(line)).map(({ amount }) => amount));
  const tax = sum(lines.filter(isTax).map(({ amount }) => amount));
  const document = segments.at(-1)?.version.document;
  const exact = net.plus(tax);
  const total = document === undefined ? exact : roundMoney(exact, document);
  return { net: net.toFixed(), tax: tax.toFixed(), total: total.toFixed() };
}

function measurement(profile: LoadProfile, range: MinuteRange) {
  const missing = missingRanges(profile, profile.active, range);
  return {
    energyKwh: new Decimal(amountIn(profile, profile.active, range)).toDecimalPlaces(6).toFixed(),
    completeness: completeness(profile, profile.active, range),
    missing: missing
      .slice(0, maxListed)
      .map(({ start, end }) => ({ from: instantOf(start), to: instantOf(end) })),
    missingCount: missing.length,
  };
}

function instantOf(minute: number): string {
  return new Date(minute * 60_000).toISOString();
}
