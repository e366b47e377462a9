import uPlot from 'uplot';
import { currentLocale } from '../language.js';
import type { ChartSize } from './chart-canvas.js';
import { axisStyle, valueAxis } from './chart-options.js';
import { daySplits } from './day-splits.js';
import { lineStyle, type ChartScheme } from './chart-palette.js';

export interface BarSpec {
  unit: string;
  show?: ((value: number) => string) | undefined;
  /** The first and the last day, epoch milliseconds of their UTC midnights. */
  range: readonly [number, number];
  scheme: ChartScheme;
  /** Told the index of the bar under the cursor, or null when the cursor is elsewhere. */
  onCursor: (index: number | null) => void;
}

const dayMs = 86_400_000;

/** Two series of bars: filled for what is complete, outlined for what is not. */
export function barOptions(spec: BarSpec, size: ChartSize): uPlot.Options {
  const [from, to] = spec.range;
  const { color } = lineStyle(spec.scheme, 0);
  const paths = uPlot.paths.bars?.({ size: [0.7, 48] });
  const bars = { stroke: color, width: 1.5, points: { show: false }, ...(paths && { paths }) };
  return {
    ...size,
    ms: 1,
    tzDate: (time) => uPlot.tzDate(new Date(time), 'UTC'),
    padding: [10, 20, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: [from - 0.6 * dayMs, to + 0.6 * dayMs] },
      y: { range: (_, min, max) => [Math.min(0, min * 1.1), Math.max(max * 1.1, 1)] },
    },
    axes: [dayAxis(spec.scheme), valueAxis(spec)],
    series: [{}, { ...bars, fill: color }, { ...bars, dash: [4, 3] }],
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    hooks: { setCursor: [({ cursor }) => spec.onCursor(cursor.idx ?? null)] },
  };
}

function dayAxis(scheme: ChartScheme): uPlot.Axis {
  const day = new Intl.DateTimeFormat(currentLocale(), { timeZone: 'UTC', day: 'numeric', month: 'short' });
  return {
    ...axisStyle(scheme),
    space: 56,
    size: 34,
    // Whole days only: a bar stands for one.
    incrs: [1, 2, 5, 7, 14, 30].map((days) => days * dayMs),
    splits: (_, __, min, max, step) => daySplits(min, max, step),
    values: (_, times) => times.map((time) => day.format(time)),
  };
}
