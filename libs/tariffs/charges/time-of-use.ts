import type { TariffDocument, TimeOfUseComponent } from '#libs/contracts';
import { Decimal } from '../rounding.js';
import { energyOf, type Charge, type ChargedPart } from './charge.js';

/** A line for every price of the seasons that the days are in, in the order of the tariff. */
export function timeOfUseCharges(component: TimeOfUseComponent, part: ChargedPart): Charge[] {
  const { document } = part.segment.version;
  const place = document.components.filter(({ kind }) => kind === 'time-of-use').indexOf(component);
  return component.prices.flatMap(({ season, period, perKwh }) => {
    const days = part.days.filter(({ plan }) => plan.season === season);
    if (days.length === 0) return [];
    const cells = part.energy.filter((cell) => cell.season === season && cell.periods[place] === period);
    return [
      {
        detail: describe(component, document, season, period),
        quantity: energyOf(cells),
        unit: 'kWh' as const,
        rate: new Decimal(perKwh),
        days,
        measured: 'active' as const,
      },
    ];
  });
}

function describe(
  { periods }: TimeOfUseComponent,
  { seasons }: TariffDocument,
  season: string,
  period: string,
): string {
  const periodName = periods.find(({ id }) => id === period)?.name ?? period;
  const seasonName = seasons.find(({ id }) => id === season)?.name ?? season;
  return seasons.length === 1 ? periodName : `${periodName}, ${seasonName}`;
}
