import { luminance, toRgba } from '@mantine/core';

/** Contrast of two colours as WCAG 2 defines it: 1 for the same colour, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Black or white, whichever is read better on `ground`: always at 4.58:1 or more. */
export function textOn(ground: string): string {
  return contrast(ground, '#ffffff') >= contrast(ground, '#000000') ? '#ffffff' : '#000000';
}

/** @param share of `other` in the mixture, 0 to 1; `#rrggbb` */
export function mix(color: string, other: string, share: number): string {
  const [from, to] = [toRgba(color), toRgba(other)];
  const part = (channel: 'r' | 'g' | 'b') =>
    Math.round(from[channel] + (to[channel] - from[channel]) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${part('r')}${part('g')}${part('b')}`;
}

/**
 * The colour nearest to `color`, darker or lighter, that passes; `color` itself when it does.
 * @returns undefined when none between black and white does
 */
export function nearest(color: string, passes: (candidate: string) => boolean): string | undefined {
  if (passes(color)) return color;
  const found = ['#000000', '#ffffff']
    .map((end) => firstTowards(color, end, passes))
    .filter((candidate) => candidate !== undefined);
  return found.toSorted((one, other) => distance(color, one) - distance(color, other))[0];
}

function firstTowards(
  color: string,
  end: string,
  passes: (candidate: string) => boolean,
): string | undefined {
  for (let step = 1; step <= 255; step++) {
    const candidate = mix(color, end, step / 255);
    if (passes(candidate)) return candidate;
  }
  return undefined;
}

function distance(one: string, other: string): number {
  const [a, b] = [toRgba(one), toRgba(other)];
  return Math.hypot(a.r - b.r, a.g - b.g, a.b - b.b);
}
