import type {
  TariffComponent,
  TariffDayType,
  TariffDocument,
  TariffSeason,
  TimeOfUseComponent,
} from '#libs/contracts';

/** Changes of a document that touch more than one place of it: what names a season, a day type or a period follows. */

/** `season-2`: the first of its kind that is free. */
export function freeId(kind: string, taken: readonly { id: string }[]): string {
  for (let number = taken.length + 1; ; number++) {
    const id = `${kind}-${String(number)}`;
    if (taken.every((one) => one.id !== id)) return id;
  }
}

/** The new season begins with the hours and prices of the first one. */
export function addSeason(document: TariffDocument, name: string): TariffDocument {
  const id = freeId('season', document.seasons);
  const model = document.seasons[0]?.id;
  const season: TariffSeason = { id, name, firstDay: '01-01', lastDay: '12-31' };
  return {
    ...document,
    seasons: [...document.seasons, season],
    components: eachTimeOfUse(document, (component) => ({
      ...component,
      grid: [...component.grid, ...copies(component.grid, model, id)],
      prices: [...component.prices, ...copies(component.prices, model, id)],
    })),
  };
}

export function removeSeason(document: TariffDocument, id: string): TariffDocument {
  const withoutIt = eachTimeOfUse(document, (component) => ({
    ...component,
    grid: component.grid.filter(({ season }) => season !== id),
    prices: component.prices.filter(({ season }) => season !== id),
  }));
  return {
    ...document,
    seasons: document.seasons.filter((season) => season.id !== id),
    components: withoutIt.map((component) => ({ ...component, seasons: without(component.seasons, id) })),
  };
}

/** The new day type begins with the hours of the first one, and no days. */
export function addDayType(document: TariffDocument, name: string): TariffDocument {
  const id = freeId('day-type', document.dayTypes);
  const model = document.dayTypes[0]?.id;
  return {
    ...document,
    dayTypes: [...document.dayTypes, { id, name, days: [] }],
    components: eachTimeOfUse(document, (component) => ({
      ...component,
      grid: [
        ...component.grid,
        ...component.grid.filter(({ dayType }) => dayType === model).map((one) => ({ ...one, dayType: id })),
      ],
    })),
  };
}

export function removeDayType(document: TariffDocument, id: string): TariffDocument {
  return {
    ...document,
    dayTypes: document.dayTypes.filter((dayType) => dayType.id !== id),
    components: eachTimeOfUse(document, (component) => ({
      ...component,
      grid: component.grid.filter(({ dayType }) => dayType !== id),
    })),
  };
}

/** A day is in one day type: it leaves the one that it was in. */
export function moveDay(
  document: TariffDocument,
  dayType: string,
  days: TariffDayType['days'],
): TariffDocument {
  const moved = new Set(days);
  return {
    ...document,
    dayTypes: document.dayTypes.map((one) =>
      one.id === dayType ? { ...one, days } : { ...one, days: one.days.filter((day) => !moved.has(day)) },
    ),
  };
}

/** A period with a price of 0 in every season. */
export function addPeriod(
  component: TimeOfUseComponent,
  seasons: readonly TariffSeason[],
  name: string,
): TimeOfUseComponent {
  const id = freeId('period', component.periods);
  const prices = seasons.map((season) => ({ season: season.id, period: id, perKwh: '0' }));
  return {
    ...component,
    periods: [...component.periods, { id, name }],
    prices: [...component.prices, ...prices],
  };
}

/** Its hours are left without a period, to be given another one. */
export function removePeriod(component: TimeOfUseComponent, id: string): TimeOfUseComponent {
  return {
    ...component,
    periods: component.periods.filter((period) => period.id !== id),
    prices: component.prices.filter(({ period }) => period !== id),
    grid: component.grid.map((one) => ({
      ...one,
      spans: one.spans.filter(({ period }) => period !== id),
    })),
  };
}

/** A component that is no longer there is not taxed. */
export function removeComponent(document: TariffDocument, id: string): TariffDocument {
  return {
    ...document,
    components: document.components.filter((component) => component.id !== id),
    taxes: document.taxes.map((tax) => ({ ...tax, on: without(tax.on, id) })),
  };
}

function copies<T extends { season: string }>(
  items: readonly T[],
  from: string | undefined,
  to: string,
): T[] {
  return items.filter(({ season }) => season === from).map((item) => ({ ...item, season: to }));
}

function without(ids: readonly string[] | null, id: string): string[] | null {
  const rest = ids?.filter((one) => one !== id) ?? [];
  return rest.length === 0 ? null : rest;
}

function eachTimeOfUse(
  { components }: TariffDocument,
  change: (component: TimeOfUseComponent) => TimeOfUseComponent,
): TariffComponent[] {
  return components.map((component) => (component.kind === 'time-of-use' ? change(component) : component));
}
