import type { BillLine, BillProblem, TariffComponent } from '#libs/contracts';
import type { LoadProfile } from '../load-profile.js';
import { Decimal } from '../rounding.js';
import type { EnergyCell, PlannedDay, Segment } from '../segments.js';

/** A line of a bill before it is priced: the amount is quantity × rate. */
export interface Charge {
  detail: string | null;
  quantity: Decimal;
  unit: BillLine['unit'];
  rate: Decimal;
  days: readonly PlannedDay[];
  /** What the quantity is measured from; undefined where it is agreed. */
  measured?: 'active' | 'reactive' | 'apparent';
  ratchet?: BillLine['ratchet'];
}

/** What charges are made from besides the segment. */
export interface ChargeContext {
  profile: LoadProfile;
  timeZone: string;
  /** Ampere and kVA that the site has subscribed; null where it is not known. */
  subscribed: { A: string | null; kVA: string | null };
  report: (problem: BillProblem) => void;
}

/** The part of a segment in which a component is charged. */
export interface ChargedPart {
  segment: Segment;
  days: readonly PlannedDay[];
  energy: readonly EnergyCell[];
}

export function chargedPart({ seasons }: TariffComponent, segment: Segment): ChargedPart {
  const isCharged = (season: string) => seasons === null || seasons.includes(season);
  return {
    segment,
    days: segment.days.filter(({ plan }) => isCharged(plan.season)),
    energy: segment.energy.filter(({ season }) => isCharged(season)),
  };
}

/** The part of the month that the days are, to eight decimals. */
export function monthShare({ days, segment }: ChargedPart): Decimal {
  return new Decimal(days.length).div(segment.daysInMonth).toDecimalPlaces(8);
}

/** kWh of the cells; exact. */
export function energyOf(cells: readonly EnergyCell[]): Decimal {
  const milliwattHours = cells.reduce((total, cell) => total + cell.milliwattHours, 0);
  return new Decimal(milliwattHours).div(1_000_000);
}
