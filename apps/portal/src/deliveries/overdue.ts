/** What one run imported of one device. */
export interface Delivery {
  at: Date;
  /** Newest measurement in its files; null for files without rows. */
  newestSample: Date | null;
}

const dayMs = 86_400_000;

/** Of which the habit is made: the newest of these, up to this long before the newest. */
export const mostDeliveries = 20;
const habitMs = 30 * dayMs;

/** Two gaps: one alone may be anything. */
const fewestDeliveries = 3;

/** Nobody looks after a meter more often; a file that comes a minute late is no news. */
const shortestHabitSeconds = 600;

/**
 * How often a device delivers: the median time between its deliveries, or between their newest measurements where that is
 * longer. So neither files that come in bundles, nor a backlog that comes file by file, make a device look hurried.
 * @param deliveries newest first
 * @returns seconds; null while there are too few
 */
export function habitSeconds(deliveries: readonly Delivery[]): number | null {
  const [newest] = deliveries;
  if (newest === undefined) return null;
  const recent = deliveries
    .slice(0, mostDeliveries)
    .filter(({ at }) => newest.at.getTime() - at.getTime() <= habitMs);
  if (recent.length < fewestDeliveries) return null;
  const arrivals = recent.map(({ at }) => at.getTime());
  const samples = recent.flatMap(({ newestSample }) => newestSample?.getTime() ?? []);
  const seconds = Math.max(medianGap(arrivals), medianGap(samples)) / 1_000;
  return Math.max(shortestHabitSeconds, Math.round(seconds));
}

export interface Silence {
  lastAt: Date;
  habitSeconds: number;
  /**
   * When it delivered again after the same hour of the week, one and two weeks ago, as instants of this week; null where it
   * did not, or is not that old.
   */
  weeksBefore: readonly (Date | null)[];
}

/**
 * From when on a device is overdue that has been silent since `lastAt`: after two habits. A pause that it made in both
 * weeks before, such as a weekend, is waited for, and one habit more.
 */
export function overdueFrom({ lastAt, habitSeconds: habit, weeksBefore }: Silence): Date {
  const usual = lastAt.getTime() + 2 * habit * 1_000;
  const [first = null, second = null] = weeksBefore;
  if (first === null || second === null) return new Date(usual);
  const resumes = Math.min(first.getTime(), second.getTime());
  // Half a habit more: a device that comes now early, now late, makes no pause.
  const isPause = resumes > usual + habit * 500;
  return new Date(isPause ? resumes + habit * 1_000 : usual);
}

/** The longer one of two in the middle; 0 without a gap. */
function medianGap(times: readonly number[]): number {
  const ordered = [...new Set(times)].toSorted((a, b) => a - b);
  const gaps = ordered.slice(1).map((time, index) => time - (ordered[index] ?? time));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
