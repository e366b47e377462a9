import type { BlocksComponent } from '#libs/contracts';
import { Decimal } from '../rounding.js';
import { energyOf, type Charge, type ChargedPart } from './charge.js';

/**
 * The energy of the month, block after block. For a part of the month the blocks are that part of themselves.
 * Energy that is fed back in sum falls into no block: its line has the quantity 0.
 */
export function blockCharges({ blocks }: BlocksComponent, part: ChargedPart): Charge[] {
  const { days } = part;
  const energy = Decimal.max(energyOf(part.energy), 0);
  let lower = new Decimal(0);
  const charges: Charge[] = [];
  for (const { upToKwh, perKwh } of blocks) {
    const upper = upToKwh === null ? null : partOf(new Decimal(upToKwh), part);
    const reached = upper === null ? energy : Decimal.min(energy, upper);
    if (reached.gt(lower) || charges.length === 0) {
      charges.push({
        detail: upper === null ? `> ${lower.toFixed()} kWh` : `${lower.toFixed()}–${upper.toFixed()} kWh`,
        quantity: reached.minus(lower),
        unit: 'kWh',
        rate: new Decimal(perKwh),
        days,
        measured: 'active',
      });
    }
    if (upper === null || energy.lte(upper)) break;
    lower = upper;
  }
  return charges;
}

/** To a millionth, as energy is. */
function partOf(kwh: Decimal, { days, segment }: ChargedPart): Decimal {
  return kwh.times(days.length).div(segment.daysInMonth).toDecimalPlaces(6);
}
