import type { MeterRows } from './row-block.js';

/** Before this no T202 or T302 existed: the clock of a meter that lost power restarts in 2020. */
const firstPlausible = Date.UTC(2021, 0, 1);
/** Room for a clock that runs ahead, in milliseconds. */
const tolerance = 24 * 3600 * 1000;

/** What the times of the accepted rows tell, all in milliseconds since 1970. */
export class RowTimes {
  rows = 0;
  suspicious = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  /** True while every row is later than the one before it; then no two can share a time. */
  increasing = true;

  private previous = Number.NEGATIVE_INFINITY;
  private readonly lastPlausible: number;

  constructor(now: Date) {
    this.lastPlausible = now.getTime() + tolerance;
  }

  add({ times, rowCount }: MeterRows): void {
    for (let row = 0; row < rowCount; row += 1) {
      const time = times[row] as number;
      if (time <= this.previous) this.increasing = false;
      if (time < firstPlausible || time > this.lastPlausible) this.suspicious += 1;
      if (time < this.first) this.first = time;
      if (time > this.last) this.last = time;
      this.previous = time;
    }
    this.rows += rowCount;
  }
}
