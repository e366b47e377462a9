import { shiftDay } from './calendar-day.js';

interface Validity {
  id: string;
  firstDay: string;
  lastDay: string | null;
}

/** A stretch of the timeline: a version, or days without one. */
export interface Stretch {
  /** Of the version; null in a gap. */
  id: string | null;
  firstDay: string;
  lastDay: string | null;
  /** Share of the whole, in percent. */
  percent: number;
}

/** What has no end is drawn for this long after the latest day that is named. */
const openDays = 365;

/** The versions in order with the gaps between them, as parts of one line; `todayPercent` where today is on it. */
export function timelineOf(
  versions: readonly Validity[],
  today: string,
): { stretches: Stretch[]; todayPercent: number | null } {
  const ordered = versions.toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
  const [first] = ordered;
  if (first === undefined) return { stretches: [], todayPercent: null };
  const named = [...ordered.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay ?? firstDay]), today];
  const latest = named.toSorted().at(-1) as string;
  const isOpen = ordered.some(({ lastDay }) => lastDay === null);
  const end = isOpen ? shiftDay(latest, openDays) : shiftDay(latest, 1);
  const whole = daysBetween(first.firstDay, end);
  const percentOf = (from: string, to: string) => (100 * daysBetween(from, to)) / whole;
  const stretches: Stretch[] = [];
  let reached = first.firstDay;
  for (const { id, firstDay, lastDay } of ordered) {
    if (reached < firstDay) {
      stretches.push({
        id: null,
        firstDay: reached,
        lastDay: shiftDay(firstDay, -1),
        percent: percentOf(reached, firstDay),
      });
    }
    reached = lastDay === null ? end : shiftDay(lastDay, 1);
    stretches.push({ id, firstDay, lastDay, percent: percentOf(firstDay, reached) });
  }
  const todayPercent = today < first.firstDay || today >= end ? null : percentOf(first.firstDay, today);
  return { stretches, todayPercent };
}

/** The version that is valid on a day. */
export function validOn<V extends Omit<Validity, 'id'>>(versions: readonly V[], day: string): V | undefined {
  return versions.find(({ firstDay, lastDay }) => firstDay <= day && (lastDay === null || day <= lastDay));
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 86_400_000);
}
