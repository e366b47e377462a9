import type { DeliveryState } from '../deliveries/deliveries.service.js';

/** `No file for 3 h, usually every 10 min`. */
export function summariseSilence(
  { lastAt, everySeconds }: Pick<DeliveryState, 'lastAt' | 'everySeconds'>,
  now: Date,
): string {
  const silent = span((now.getTime() - lastAt.getTime()) / 1_000);
  return everySeconds === null
    ? `No file for ${silent}`
    : `No file for ${silent}, usually every ${span(everySeconds)}`;
}

const units: readonly [string, number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** The two largest units, without what is none: `1 d`, `3 h 20 min`. */
function span(seconds: number): string {
  let rest = Math.floor(seconds / 60) * 60;
  const parts = units.map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return { count, text: `${count} ${unit}` };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return 'less than 1 min';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ text }) => text)
    .join(' ');
}
