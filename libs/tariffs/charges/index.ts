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
  if (component.kind === 'time-of-use') return timeOfUseCharges(component, part);
  if (component.kind === 'blocks') return blockCharges(component, part);
  if (component.kind === 'fixed') return fixedCharges(component, part);
  if (component.kind === 'capacity') return capacityCharges(component, part, context);
  if (component.kind === 'demand') return demandCharges(component, part, context);
  const rate = new Decimal(component.perKwh);
  return [{ detail: null, quantity: energyOf(part.energy), unit: 'kWh', rate, days, measured: 'active' }];
}
