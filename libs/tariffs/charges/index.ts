import type { TariffComponent } from '#libs/contracts';
import { Decimal } from '../rounding.js';
import type { Segment } from '../segments.js';
import { capacityCharges, fixedCharges } from './agreed.js';
import { blockCharges } from './blocks.js';
import { chargedPart, energyOf, type Charge, type ChargeContext } from './charge.js';
import { demandCharges } from './demand.js';
import { timeOfUseCharges } from './time-of-use.js';

export type { Charge, ChargeContext } from './charge.js';

/** What a component charges for the days of a segment; nothing in seasons that are not its own. */
export function chargesOf(component: TariffComponent, segment: Segment, context: ChargeContext): Charge[] {
  const part = chargedPart(component, segment);
  const { days } = part;
  if (days.length === 0) return [];
  switch (component.kind) {
    case 'time-of-use':
      return timeOfUseCharges(component, part);
    case 'blocks':
      return blockCharges(component, part);
    case 'fixed':
      return fixedCharges(component, part);
    case 'capacity':
      return capacityCharges(component, part, context);
    case 'demand':
      return demandCharges(component, part, context);
    case 'levy': {
      const rate = new Decimal(component.perKwh);
      const quantity = energyOf(part.energy);
      return [{ detail: null, quantity, unit: 'kWh', rate, days, measured: 'active' }];
    }
  }
}
