import { contrast, nearest } from './color.js';
import {
  barColors,
  brandShades,
  buttonText,
  grounds,
  markColor,
  markContrast,
  selectedInLight,
  textContrast,
  type BrandColors,
  type Scheme,
} from './palette.js';

/** One thing that must be read or seen, in one scheme. */
export interface ContrastCheck {
  color: keyof BrandColors;
  what: 'text' | 'button' | 'bar' | 'mark';
  scheme: Scheme;
  /** The worst of all places where it stands, rounded down, so that what is shown never flatters. */
  ratio: number;
  /** By WCAG AA. */
  needed: number;
  passes: boolean;
}

/** How well everything in these colours can be read and seen; colours that are not given are ours, which pass. */
export function contrastChecks(colors: BrandColors): ContrastCheck[] {
  return names.flatMap((name) => {
    const color = colors[name];
    return color === null ? [] : [...checksOf[name](color)];
  });
}

/** The same colours, with those that fail moved to the nearest ones that pass. */
export function fixedContrast(colors: BrandColors): BrandColors {
  const fixed = { ...colors };
  for (const name of names) {
    const color = colors[name];
    if (color === null) continue;
    fixed[name] = nearest(color, (candidate) => passesAll(checksOf[name](candidate))) ?? color;
  }
  return fixed;
}

const names = ['primaryColor', 'secondaryColor', 'accentColor'] as const;

/** One after the other as they are asked for: of the many colours that are tried, most fail the first. */
type Checks = Generator<ContrastCheck, void>;

const checksOf: Record<keyof BrandColors, (color: string) => Checks> = {
  primaryColor: primaryChecks,
  secondaryColor: barChecks,
  accentColor: markChecks,
};

function passesAll(checks: Checks): boolean {
  for (const { passes } of checks) if (!passes) return false;
  return true;
}

function* primaryChecks(primary: string): Checks {
  const check = checker('primaryColor', textContrast);
  yield check('text', 'light', primary, [...Object.values(grounds.light), selectedInLight(primary)]);
  const onButton = buttonText(primary);
  yield check('button', 'light', onButton, [primary]);
  const shades = brandShades(primary);
  yield check('text', 'dark', shades[4], Object.values(grounds.dark));
  yield check('button', 'dark', onButton, [shades[7]]);
}

function* barChecks(secondary: string): Checks {
  const check = checker('secondaryColor', textContrast);
  for (const scheme of ['light', 'dark'] as const) {
    const { ground, text } = barColors(secondary, scheme);
    yield check('bar', scheme, text, [ground]);
  }
}

function* markChecks(accent: string): Checks {
  const check = checker('accentColor', markContrast);
  for (const scheme of ['light', 'dark'] as const) {
    yield check('mark', scheme, markColor(accent, scheme), Object.values(grounds[scheme]));
  }
}

function checker(color: keyof BrandColors, needed: number) {
  return (what: ContrastCheck['what'], scheme: Scheme, seen: string, on: string[]): ContrastCheck => {
    const worst = Math.min(...on.map((ground) => contrast(seen, ground)));
    return { color, what, scheme, ratio: Math.floor(worst * 10) / 10, needed, passes: worst >= needed };
  };
}
