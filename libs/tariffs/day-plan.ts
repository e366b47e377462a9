import {
  clockOfMinute,
  minutesPerDay,
  seasonIndex,
  weekday,
  type TariffDocument,
  type TimeOfUseComponent,
} from '#libs/contracts';

/** Whether a day is a public holiday of a calendar. */
export type HolidayCheck = (calendar: NonNullable<TariffDocument['holidays']>, date: string) => boolean;

/** What is the same for every day of one season and day type. */
export interface DayPlan {
  /** Id of the season. */
  season: string;
  dayType: string;
  /** Which cell each minute of the clock belongs to. */
  cellOfMinute: Uint16Array;
  /** Per cell the period of each time-of-use component, in the order of the document's components. */
  cells: (string | null)[][];
}

/** Tells the plan of a day. Plans are made once for each season and day type. */
export class DayPlans {
  private readonly plans = new Map<string, DayPlan>();
  private readonly timeOfUse: readonly TimeOfUseComponent[];

  constructor(
    private readonly document: TariffDocument,
    private readonly isHoliday: HolidayCheck,
  ) {
    this.timeOfUse = document.components.filter((component) => component.kind === 'time-of-use');
  }

  /** @param date `2026-03-29` */
  planOf(date: string): DayPlan {
    const season = this.document.seasons[seasonIndex(this.document.seasons, date.slice(5))]?.id;
    const dayType = this.dayTypeOf(date);
    if (season === undefined || dayType === undefined) {
      throw new Error(`the tariff has no season or day type for ${date}`);
    }
    const key = `${season} ${dayType}`;
    const known = this.plans.get(key) ?? makePlan(this.timeOfUse, season, dayType);
    this.plans.set(key, known);
    return known;
  }

  private dayTypeOf(date: string): string | undefined {
    const { holidays, dayTypes } = this.document;
    const ofWeek = weekday.options[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] as string;
    const day = holidays !== null && this.isHoliday(holidays, date) ? 'holiday' : ofWeek;
    return dayTypes.find(({ days }) => (days as string[]).includes(day))?.id;
  }
}

/** Joins the grids of all components, so that energy is summed once and every component sees the same sums. */
function makePlan(components: readonly TimeOfUseComponent[], season: string, dayType: string): DayPlan {
  const cells: (string | null)[][] = [];
  const indexByPeriods = new Map<string, number>();
  const cellOfMinute = new Uint16Array(minutesPerDay);
  const grids = components.map(({ grid }) =>
    grid.find((one) => one.season === season && one.dayType === dayType),
  );
  for (let minute = 0; minute < minutesPerDay; minute++) {
    const clock = clockOfMinute(minute);
    const periods = grids.map(
      (grid) => grid?.spans.find(({ from, to }) => from <= clock && clock < to)?.period ?? null,
    );
    const key = JSON.stringify(periods);
    const index = indexByPeriods.get(key) ?? cells.push(periods) - 1;
    indexByPeriods.set(key, index);
    cellOfMinute[minute] = index;
  }
  return { season, dayType, cellOfMinute, cells };
}
