import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import {
  barColors,
  black,
  brandShades,
  brightestWithWhite,
  markColor,
  type BrandColors,
  type Scheme,
} from './brand/palette.js';

/** Our own colour. Shade 8 carries white text at 7:1; shade 4 is read on the dark panels. */
const petrol: MantineColorsTuple = [
  '#e9f4f7',
  '#d3e7ed',
  '#a6d0db',
  '#7cbccd',
  '#5cb4c9',
  '#2f95ae',
  '#1a819b',
  '#0b6f89',
  '#066079',
  '#044a5e',
];

/** Neutral greys with a little of the accent's blue; Mantine paints panels with 7 and text with 0. */
const dark: MantineColorsTuple = [
  '#d8dde1',
  '#b9c1c7',
  '#a1abb3',
  '#87929b',
  '#3d474f',
  '#2e373e',
  '#242b31',
  '#1b2126',
  '#12171b',
  '#0d1114',
];

const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  colors: { petrol, dark },
  black,
  defaultRadius: 'sm',
  fontFamily: "Inter, 'Segoe UI', system-ui, -apple-system, Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Paper: { defaultProps: { withBorder: true } },
    Modal: { defaultProps: { centered: true } },
  },
});

/** Where Mantine's own shades miss 4.5:1 on our panels and page, a darker (or lighter) one takes their place. */
const variables: ReturnType<CSSVariablesResolver> = {
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56616a',
    '--mantine-color-placeholder': '#68737d',
    '--mantine-color-error': '#c22a2a',
    '--mantine-color-red-outline': '#c22a2a',
    '--mantine-color-default-border': '#c3cbd0',
    '--mantine-color-disabled-color': '#68737d',
  },
  dark: {
    '--mantine-color-dimmed': '#a1abb3',
    '--mantine-color-placeholder': '#87929b',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-red-outline': '#ff8f8f',
    '--mantine-color-disabled-color': '#87929b',
  },
};

export function shadesOf({ primaryColor }: BrandColors): MantineColorsTuple {
  return primaryColor === null ? petrol : brandShades(primaryColor);
}

/** The theme in the colours of a brand; `petrol` stays for what means something by its colour. */
export function themeOf(colors: BrandColors) {
  if (colors.primaryColor === null) return theme;
  return createTheme({
    ...theme,
    primaryColor: 'brand',
    colors: { ...theme.colors, brand: shadesOf(colors) },
    autoContrast: true,
    luminanceThreshold: brightestWithWhite,
  });
}

export function variablesOf(colors: BrandColors): CSSVariablesResolver {
  return () => ({
    ...variables,
    light: { ...variables.light, ...brandVariables(colors, 'light') },
    dark: { ...variables.dark, ...brandVariables(colors, 'dark') },
  });
}

/** `--mark`: the line that marks where one is. `--bar` and `--bar-text`: the top of every page. */
function brandVariables(
  { secondaryColor, accentColor }: BrandColors,
  scheme: Scheme,
): Record<string, string> {
  const ownMark = scheme === 'light' ? 'var(--mantine-primary-color-8)' : 'var(--mantine-primary-color-4)';
  const mark = accentColor === null ? ownMark : markColor(accentColor, scheme);
  if (secondaryColor === null) return { '--mark': mark };
  const { ground, text } = barColors(secondaryColor, scheme);
  return { '--mark': mark, '--bar': ground, '--bar-text': text };
}
