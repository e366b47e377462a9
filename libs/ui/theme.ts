import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Shade 8 carries white text at 7:1; shade 4 is read on the dark panels. */
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

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  colors: { petrol, dark },
  black: '#1a2126',
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
export const cssVariablesResolver: CSSVariablesResolver = () => ({
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
});
