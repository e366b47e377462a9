import type { AlertRule } from '#libs/contracts';
import type { DueAlert } from './conditions.queries.js';

/** One line for people: what was found, and the limit. */
export function summarise(
  { kind, threshold }: AlertRule,
  { measure, refusedBatches }: Pick<DueAlert, 'measure' | 'refusedBatches'>,
): string {
  const limit = threshold ?? 0;
  if (kind === 'auth-failure') return 'Requests come with a token that is no longer valid';
  if (kind === 'rejection') return describeRejection(measure, refusedBatches, limit);
  const found =
    kind === 'lag'
      ? `Newest measurement is ${duration(measure)} behind`
      : `No contact for ${duration(measure)}`;
  return `${found} (limit ${duration(limit)})`;
}

function describeRejection(percent: number, refusedBatches: number, limit: number): string {
  if (percent > limit)
    return `${round(percent)} % of the last hour's rows were rejected (limit ${round(limit)} %)`;
  const batches = refusedBatches === 1 ? '1 batch was' : `${refusedBatches} batches were`;
  return refusedBatches > 0 ? `${batches} refused in the last hour` : 'Batches are refused';
}

/** `3 h 20 min`, `2 d 4 h`: the two largest units. */
function duration(minutes: number): string {
  const whole = Math.floor(minutes);
  const parts: [number, string][] = [
    [Math.floor(whole / 1_440), 'd'],
    [Math.floor(whole / 60) % 24, 'h'],
    [whole % 60, 'min'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return 'less than 1 min';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

function round(percent: number): number {
  return Number(percent.toPrecision(2));
}
