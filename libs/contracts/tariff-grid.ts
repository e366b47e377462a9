import type { PathProblem } from './tariff-seasons.js';
import type { TariffSpan } from './tariff-schema.js';

export const minutesPerDay = 1_440;

/** Minutes since midnight of `06:30`; 1,440 of `24:00`. */
export function minuteOfClock(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** `06:30` of 390; `24:00` of 1,440. */
export function clockOfMinute(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** A stretch of a day, [from, to) in minutes, that is wrong. `spans` are indexes: two that overlap, or none in a gap. */
export interface GridFault {
  kind: 'gap' | 'overlap' | 'backwards';
  from: number;
  to: number;
  spans: number[];
}

/** Where the spans of a day leave minutes out, overlap or end before they begin; in order of the spans, gaps last. */
export function dayGridFaults(spans: readonly TariffSpan[]): GridFault[] {
  const faults: GridFault[] = [];
  const stretches = spans.map(({ from, to }) => ({ from: minuteOfClock(from), to: minuteOfClock(to) }));
  for (const [index, { from, to }] of stretches.entries()) {
    if (from >= to) {
      faults.push({ kind: 'backwards', from, to, spans: [index] });
      continue;
    }
    for (const [earlier, other] of stretches.slice(0, index).entries()) {
      const both = { from: Math.max(from, other.from), to: Math.min(to, other.to) };
      if (both.from < both.to && other.from < other.to) {
        faults.push({ kind: 'overlap', ...both, spans: [earlier, index] });
      }
    }
  }
  return [...faults, ...gapsBetween(stretches)];
}

/** The same as problems of a document, below its `spans`. */
export function dayGridProblems(spans: readonly TariffSpan[]): PathProblem[] {
  return dayGridFaults(spans).map(({ kind, from, to, spans: [first, second] }) => {
    const stretch = `from ${clockOfMinute(from)} to ${clockOfMinute(to)}`;
    if (kind === 'gap') return { path: ['spans'], message: `no period ${stretch}` };
    if (kind === 'overlap') {
      return { path: ['spans', second ?? 0], message: `overlaps another period ${stretch}` };
    }
    return {
      path: ['spans', first ?? 0, 'to'],
      message: 'must be later than from; a period past midnight is two, one up to 24:00',
    };
  });
}

function gapsBetween(stretches: readonly { from: number; to: number }[]): GridFault[] {
  const gaps: GridFault[] = [];
  let reached = 0;
  const forward = stretches.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from);
  for (const { from, to } of [...forward, { from: minutesPerDay, to: minutesPerDay }]) {
    if (from > reached) gaps.push({ kind: 'gap', from: reached, to: from, spans: [] });
    reached = Math.max(reached, to);
  }
  return gaps;
}
