import { luminance, type MantineColorsTuple } from '@mantine/core';
import type { BrandingBody } from '#libs/contracts';
import { contrast, mix, nearest, textOn } from './color.js';

export type BrandColors = Pick<BrandingBody, 'primaryColor' | 'secondaryColor' | 'accentColor'>;
export type Scheme = 'light' | 'dark';

/** What WCAG AA asks for: of text, and of marks without text. */
export const textContrast = 4.5;
export const markContrast = 3;

/** The grounds that the pages are painted with, as in theme.ts and global.css; `raised` is what is selected. */
export const grounds = {
  light: { page: '#f4f6f7', panel: '#ffffff' },
  dark: { page: '#12171b', panel: '#1b2126', raised: '#2e373e' },
} as const;

/** Above it a bar in a dark page dazzles. */
const brightestDarkBar = 0.25;

/** The theme's black, and how bright a button is at most whose text is white: there both are read equally well. */
export const black = '#1a2126';
export const brightestWithWhite = 0.21;

export function buttonText(primary: string): string {
  return luminance(primary) > brightestWithWhite ? black : '#ffffff';
}

/**
 * The ten shades of a primary colour, as the theme uses them: in light pages 8 is the colour itself and 0 the ground of
 * what is selected; in dark pages 7 fills buttons and 4 is text, both made to be seen there.
 */
export function brandShades(primary: string): MantineColorsTuple {
  const textInDark =
    nearest(primary, (color) => contrast(color, grounds.dark.raised) >= textContrast) ?? '#ffffff';
  const filledInDark = nearest(primary, (color) => contrast(color, grounds.dark.panel) >= 2) ?? primary;
  // Away from the text on it, which is white on most colours.
  const pressed = mix(primary, buttonText(primary) === '#ffffff' ? '#000000' : '#ffffff', 0.2);
  return [
    selectedInLight(primary),
    mix(textInDark, '#ffffff', 0.75),
    mix(textInDark, '#ffffff', 0.5),
    mix(textInDark, '#ffffff', 0.25),
    textInDark,
    mix(textInDark, filledInDark, 1 / 3),
    mix(textInDark, filledInDark, 2 / 3),
    filledInDark,
    primary,
    pressed,
  ];
}

/** The ground of what is selected in light pages. */
export function selectedInLight(primary: string): string {
  return mix(primary, '#ffffff', 0.92);
}

/** The line that marks where one is. */
export function markColor(accent: string, scheme: Scheme): string {
  if (scheme === 'light') return accent;
  return nearest(accent, (color) => contrast(color, grounds.dark.raised) >= markContrast) ?? accent;
}

/** The bar at the top of every page, and what is written on it. */
export function barColors(secondary: string, scheme: Scheme): { ground: string; text: string } {
  const ground =
    scheme === 'light'
      ? secondary
      : (nearest(secondary, (color) => luminance(color) <= brightestDarkBar) ?? secondary);
  return { ground, text: textOn(ground) };
}
