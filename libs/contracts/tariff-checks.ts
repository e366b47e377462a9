import { dayGridProblems } from './tariff-grid.js';
import { duplicates, seasonProblems, type PathProblem } from './tariff-seasons.js';
import type { TariffComponent, TariffDayType, TariffDocument, TimeOfUseComponent } from './tariff-schema.js';

/** What is wrong with a document whose fields are right one by one. */
export function documentProblems(document: TariffDocument): PathProblem[] {
  return [
    ...seasonProblems(document.seasons),
    ...dayTypeProblems(document),
    ...duplicates(document.components, ({ id }) => id, 'components', 'id'),
    ...document.components.flatMap((component, index) =>
      under(['components', index], componentProblems(component, document)),
    ),
    ...taxProblems(document),
  ];
}

const dayNames = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
  holiday: 'public holidays',
} as const satisfies Record<TariffDayType['days'][number], string>;

/** Every day of the week is in one day type, and the holidays of a calendar too. */
function dayTypeProblems({ dayTypes, holidays }: TariffDocument): PathProblem[] {
  const problems = duplicates(dayTypes, ({ id }) => id, 'dayTypes', 'id');
  for (const day of Object.keys(dayNames) as (keyof typeof dayNames)[]) {
    const places = dayTypes.flatMap(({ days }, index) => days.filter((one) => one === day).map(() => index));
    const needed = day !== 'holiday' || holidays !== null;
    if (places.length === 0 && needed) {
      problems.push({ path: ['dayTypes'], message: `no day type has ${dayNames[day]}` });
    }
    for (const index of places.slice(1)) {
      problems.push({ path: ['dayTypes', index, 'days'], message: `${dayNames[day]}: in two day types` });
    }
    if (places.length > 0 && !needed) {
      problems.push({ path: ['holidays'], message: 'a day type has public holidays: say of which country' });
    }
  }
  return problems;
}

function componentProblems(component: TariffComponent, document: TariffDocument): PathProblem[] {
  const known = new Set(document.seasons.map(({ id }) => id));
  const problems = (component.seasons ?? []).flatMap((season, index) =>
    known.has(season) ? [] : [{ path: ['seasons', index], message: `there is no season ${season}` }],
  );
  if (component.kind === 'time-of-use') problems.push(...timeOfUseProblems(component, document));
  if (component.kind === 'blocks') problems.push(...blockProblems(component.blocks));
  return problems;
}

/** Each block ends above the one before; the last one, and no other, has no end. */
function blockProblems(blocks: readonly { upToKwh: string | null }[]): PathProblem[] {
  return blocks.flatMap(({ upToKwh }, index) => {
    const path = ['blocks', index, 'upToKwh'];
    const isLast = index === blocks.length - 1;
    if (upToKwh === null) return isLast ? [] : [{ path, message: 'only the last block has no end' }];
    if (isLast) return [{ path, message: 'the last block must have no end' }];
    const before = blocks[index - 1]?.upToKwh;
    if (before === undefined || before === null || Number(upToKwh) > Number(before)) return [];
    return [{ path, message: `must be more than ${before}, where the block before ends` }];
  });
}

function timeOfUseProblems(component: TimeOfUseComponent, document: TariffDocument): PathProblem[] {
  const { periods, grid, prices } = component;
  const charged = component.seasons ?? document.seasons.map(({ id }) => id);
  return [
    ...duplicates(periods, ({ id }) => id, 'periods', 'id'),
    ...duplicates(grid, ({ season, dayType }) => `${season}, ${dayType}`, 'grid', 'dayType'),
    ...duplicates(prices, ({ season, period }) => `${season}, ${period}`, 'prices', 'period'),
    ...unknownNames(component, document),
    ...charged.flatMap((season) => missingDays(component, document, season)),
    ...grid.flatMap(({ spans }, index) => under(['grid', index], dayGridProblems(spans))),
    ...missingPrices(component, charged),
  ];
}

function unknownNames({ periods, grid, prices }: TimeOfUseComponent, document: TariffDocument) {
  const seasons = new Set(document.seasons.map(({ id }) => id));
  const dayTypes = new Set(document.dayTypes.map(({ id }) => id));
  const known = new Set(periods.map(({ id }) => id));
  const problems: PathProblem[] = [];
  const expectKnown = (names: Set<string>, name: string, what: string, path: PathProblem['path']) => {
    if (!names.has(name)) problems.push({ path, message: `there is no ${what} ${name}` });
  };
  for (const [index, { season, dayType, spans }] of grid.entries()) {
    expectKnown(seasons, season, 'season', ['grid', index, 'season']);
    expectKnown(dayTypes, dayType, 'day type', ['grid', index, 'dayType']);
    for (const [place, { period }] of spans.entries()) {
      expectKnown(known, period, 'period', ['grid', index, 'spans', place, 'period']);
    }
  }
  for (const [index, { season, period }] of prices.entries()) {
    expectKnown(seasons, season, 'season', ['prices', index, 'season']);
    expectKnown(known, period, 'period', ['prices', index, 'period']);
  }
  return problems;
}

function missingDays({ grid }: TimeOfUseComponent, { dayTypes }: TariffDocument, season: string) {
  return dayTypes
    .filter(({ id }) => !grid.some((one) => one.season === season && one.dayType === id))
    .map(({ id }) => ({ path: ['grid'], message: `no hours for ${season}, ${id}` }));
}

/** A price for every period that occurs in a season. */
function missingPrices({ grid, prices }: TimeOfUseComponent, charged: readonly string[]): PathProblem[] {
  return charged.flatMap((season) => {
    const used = new Set(
      grid.filter((one) => one.season === season).flatMap(({ spans }) => spans.map(({ period }) => period)),
    );
    return [...used]
      .filter((period) => !prices.some((one) => one.season === season && one.period === period))
      .map((period) => ({ path: ['prices'], message: `no price for ${season}, ${period}` }));
  });
}

function taxProblems({ taxes, components }: TariffDocument): PathProblem[] {
  const known = new Set(components.map(({ id }) => id));
  return [
    ...duplicates(taxes, ({ id }) => id, 'taxes', 'id'),
    ...taxes.flatMap(({ on }, index) =>
      (on ?? []).flatMap((component, place) =>
        known.has(component)
          ? []
          : [{ path: ['taxes', index, 'on', place], message: `there is no component ${component}` }],
      ),
    ),
  ];
}

function under(prefix: PathProblem['path'], problems: readonly PathProblem[]): PathProblem[] {
  return problems.map(({ path, message }) => ({ path: [...prefix, ...path], message }));
}
