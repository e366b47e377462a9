import type { DemandComponent } from '#libs/contracts';
import { amountIn, type LoadProfile } from '../load-profile.js';
import { firstDayOf, localDays, monthAfter, type LocalDay } from '../local-days.js';
import { Decimal } from '../rounding.js';
import { monthShare, type Charge, type ChargeContext, type ChargedPart } from './charge.js';

/** The highest average of the days, or the share of an earlier month's where that is more; a part of a month by its days. */
export function demandCharges(
  component: DemandComponent,
  part: ChargedPart,
  context: ChargeContext,
): Charge[] {
  const { unit, perUnit, ratchet, intervalMinutes, id } = component;
  const { days, segment } = part;
  const measured = measuredFrom(component, context.profile);
  if (measured === undefined) {
    context.report({ code: 'DEMAND_NOT_MEASURED', component: id, month: segment.month });
    return [];
  }
  const own = peakOf(
    days.map(({ day }) => day),
    component,
    context.profile,
  );
  const earlier = ratchet === null ? undefined : earlierPeak(component, segment.month, context);
  const least = earlier === undefined ? new Decimal(0) : earlier.peak.times(ratchet?.share ?? 0);
  const isRatcheted = earlier !== undefined && least.gt(own);
  const billed = isRatcheted ? least.toDecimalPlaces(3) : own;
  return [
    {
      detail: `${billed.toFixed()} ${unit}, ${intervalMinutes} min`,
      quantity: billed.times(monthShare(part)),
      unit: `${unit}·month`,
      rate: new Decimal(perUnit),
      days,
      measured,
      ratchet: isRatcheted ? { month: earlier.month, peak: earlier.peak.toFixed() } : null,
    },
  ];
}

function measuredFrom({ unit }: DemandComponent, profile: LoadProfile): Charge['measured'] {
  if (unit === 'kW') return 'active';
  if ((profile.apparent?.channels ?? 0) > 0) return 'apparent';
  return (profile.reactive?.channels ?? 0) > 0 ? 'reactive' : undefined;
}

/** Of the months before, as far as the profile reaches back. */
function earlierPeak(
  component: DemandComponent,
  month: string,
  { profile, timeZone }: ChargeContext,
): { month: string; peak: Decimal } | undefined {
  let highest: { month: string; peak: Decimal } | undefined;
  for (let back = component.ratchet?.months ?? 0; back > 0; back--) {
    const earlier = monthAfter(month, -back);
    const to = firstDayOf(monthAfter(earlier, 1));
    const days = localDays(firstDayOf(earlier), to, timeZone).filter(({ end }) => end > profile.start);
    const peak = peakOf(days, component, profile);
    if (peak.gt(highest?.peak ?? 0)) highest = { month: earlier, peak };
  }
  return highest;
}

/**
 * The highest average of the intervals of the days, to a thousandth; never less than 0. An interval with a gap counts
 * with what was measured in it, which its demand cannot be less than.
 */
function peakOf(
  days: readonly LocalDay[],
  { unit, intervalMinutes }: DemandComponent,
  profile: LoadProfile,
): Decimal {
  let highest = 0;
  for (const day of days) {
    for (let start = day.start; start < day.end; start += intervalMinutes) {
      const range = { start, end: Math.min(start + intervalMinutes, day.end) };
      highest = Math.max(highest, (unit === 'kW' ? activeEnergy : apparentEnergy)(profile, range));
    }
  }
  return new Decimal(highest).times(60).div(intervalMinutes).toDecimalPlaces(3);
}

type Range = Parameters<typeof amountIn>[2];

function activeEnergy(profile: LoadProfile, range: Range): number {
  return amountIn(profile, profile.active, range);
}

/** kVAh: as measured, else of the active and the reactive energy of the interval. */
function apparentEnergy(profile: LoadProfile, range: Range): number {
  const { apparent, reactive, active } = profile;
  if (apparent !== undefined && apparent.channels > 0) return amountIn(profile, apparent, range);
  if (reactive === undefined) return 0;
  return Math.hypot(amountIn(profile, active, range), amountIn(profile, reactive, range));
}
