import type { CapacityComponent, FixedComponent } from '#libs/contracts';
import { Decimal } from '../rounding.js';
import { monthShare, type Charge, type ChargeContext, type ChargedPart } from './charge.js';

/** So much a day, or a month; a part of a month by its days. */
export function fixedCharges({ per, amount }: FixedComponent, part: ChargedPart): Charge[] {
  const rate = new Decimal(amount);
  return [{ detail: null, quantity: timeOf(per, part), unit: per, rate, days: part.days }];
}

/** So much for each ampere or kVA of the tariff, else of the site. */
export function capacityCharges(
  { id, per, unit, perUnit, quantity }: CapacityComponent,
  part: ChargedPart,
  { subscribed, report }: ChargeContext,
): Charge[] {
  const agreed = quantity ?? subscribed[unit];
  if (agreed === null) {
    report({ code: 'SUBSCRIPTION_UNKNOWN', component: id, month: part.segment.month });
    return [];
  }
  return [
    {
      detail: `${new Decimal(agreed).toFixed()} ${unit}`,
      quantity: timeOf(per, part).times(agreed),
      unit: `${unit}·${per}`,
      rate: new Decimal(perUnit),
      days: part.days,
    },
  ];
}

function timeOf(per: 'day' | 'month', part: ChargedPart): Decimal {
  return per === 'day' ? new Decimal(part.days.length) : monthShare(part);
}
