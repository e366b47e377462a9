import type { MantineColorScheme } from '@mantine/core';

/** Every colour stands out at 3:1 or more from the panel it is drawn on. */
const palettes = {
  light: {
    lines: ['#066079', '#c2410c', '#6d28d9', '#15803d', '#be185d', '#8a5a00'],
    text: '#56616a',
    grid: '#e6eaec',
  },
  dark: {
    lines: ['#5cc4dd', '#fb923c', '#b79cf7', '#5dd28a', '#f472b6', '#e2b93b'],
    text: '#a1abb3',
    grid: '#2a3238',
  },
};

export type ChartScheme = Exclude<MantineColorScheme, 'auto'>;

export function chartPalette(scheme: ChartScheme) {
  return palettes[scheme];
}

export interface LineStyle {
  color: string;
  dash: number[];
}

/** Of lines in their order; a paired one looks like the one before it, dotted. */
export function lineStyles(scheme: ChartScheme, paired: readonly boolean[]): LineStyle[] {
  let own = -1;
  return paired.map((isPaired) => {
    if (!isPaired) own += 1;
    const style = lineStyle(scheme, Math.max(own, 0));
    return isPaired ? { ...style, dash: [2, 3] } : style;
  });
}

/** Colours come round again after six lines, dashed. */
export function lineStyle(scheme: ChartScheme, index: number): LineStyle {
  const { lines } = palettes[scheme];
  return { color: lines[index % lines.length] ?? '#888888', dash: index < lines.length ? [] : [7, 4] };
}
