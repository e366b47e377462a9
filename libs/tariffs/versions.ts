import { dayAfter } from './local-days.js';

/** The days on which a version is valid, both included; null has no end. */
export interface Validity {
  firstDay: string;
  lastDay: string | null;
}

/** What is wrong with a version beside the others; `path` is the field of the version. */
export interface ValidityProblem {
  path: 'firstDay' | 'lastDay';
  message: string;
}

/** A version ends after it begins, and no day has two. */
export function validityProblems(version: Validity, others: readonly Validity[]): ValidityProblem[] {
  const { firstDay, lastDay } = version;
  if (lastDay !== null && lastDay < firstDay) {
    return [{ path: 'lastDay', message: 'must not be earlier than firstDay' }];
  }
  return others
    .filter((other) => endsAfter(other, firstDay) && endsAfter(version, other.firstDay))
    .map((other) => ({
      path: other.firstDay <= firstDay ? 'firstDay' : 'lastDay',
      message: `overlaps the version that is valid from ${other.firstDay} ${
        other.lastDay === null ? 'on' : `to ${other.lastDay}`
      }`,
    }));
}

/** Days between versions that belong to none, end exclusive; versions in any order. */
export function validityGaps(versions: readonly Validity[]): { from: string; to: string }[] {
  const gaps: { from: string; to: string }[] = [];
  const ordered = versions.toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
  for (const [index, { lastDay }] of ordered.entries()) {
    const next = ordered[index + 1];
    if (next === undefined || lastDay === null) continue;
    const free = dayAfter(lastDay);
    if (free < next.firstDay) gaps.push({ from: free, to: next.firstDay });
  }
  return gaps;
}

function endsAfter({ lastDay }: Validity, day: string): boolean {
  return lastDay === null || lastDay >= day;
}
