import uPlot from 'uplot';
import { currentLocale } from '../language.js';
import { formatQuantity } from '../number-format.js';
import { isolatedSamples, nearestOwnIndex, type AlignedValues } from './align-series.js';
import type { ChartSize } from './chart-canvas.js';
import { chartPalette, lineStyles, type ChartScheme, type LineStyle } from './chart-palette.js';

export interface ChartSpec {
  labels: readonly string[];
  /** By line: whether it is paired with the one before it. */
  paired: readonly boolean[];
  unit: string;
  /** IANA zone in which the axis cuts hours and days. */
  timeZone: string;
  /** Ends of the time axis, epoch milliseconds. */
  range: readonly [number, number];
  scheme: ChartScheme;
  /** Charts with the same key move their cursors together. */
  syncKey: string;
  /** Told the data index under the cursor for every series, or null when the cursor is elsewhere. */
  onCursor: (indexes: (number | null)[] | null) => void;
  /** Told the range that is drawn over with the pointer; without it nothing can be. */
  onZoom?: ((from: number, to: number) => void) | undefined;
}

/** What uPlot needs to draw lines over time on our panels. */
export function chartOptions(spec: ChartSpec, size: ChartSize): uPlot.Options {
  const [from, to] = spec.range;
  const styles = lineStyles(spec.scheme, spec.paired);
  return {
    ...size,
    ms: 1,
    tzDate: (time) => uPlot.tzDate(new Date(time), spec.timeZone),
    // Half a label of the time axis fits beside the end.
    padding: [10, 36, 0, 0],
    legend: { show: false },
    scales: { x: { time: true, range: [from, to] } },
    axes: [timeAxis(spec), valueAxis(spec)],
    series: [{}, ...spec.labels.map((label, index) => lineSeries(label, styles[index]))],
    cursor: {
      sync: { key: spec.syncKey },
      y: false,
      drag: { x: spec.onZoom !== undefined, y: false, setScale: false },
      points: { size: 7 },
      dataIdx: (chart, index, hovered) =>
        index === 0 ? hovered : nearestOwnIndex(chart.data[index] as AlignedValues, hovered),
    },
    hooks: {
      setCursor: [
        ({ cursor }) =>
          spec.onCursor(typeof cursor.idx !== 'number' ? null : (cursor.idxs?.slice(1) ?? null)),
      ],
      setSelect: [(chart) => tellSelection(chart, spec.onZoom)],
    },
  };
}

/** A few pixels are a click, not a range. */
const leastWidth = 8;

function tellSelection(chart: uPlot, onZoom: ChartSpec['onZoom']): void {
  const { left, width } = chart.select;
  if (width < leastWidth) return;
  onZoom?.(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'));
}

function lineSeries(label: string, style: LineStyle | undefined): uPlot.Series {
  const { color = 'currentColor', dash = [] } = style ?? {};
  return {
    label,
    stroke: color,
    dash,
    width: 1.6,
    spanGaps: false,
    points: {
      size: 5,
      fill: color,
      filter: (chart, series, show) => (show ? null : isolatedSamples(chart.data[series] as AlignedValues)),
    },
  };
}

function timeAxis({ timeZone, scheme }: ChartSpec): uPlot.Axis {
  const clock = new Intl.DateTimeFormat(currentLocale(), {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(currentLocale(), {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  return {
    ...axisStyle(scheme),
    space: 80,
    size: 34,
    values: (_, times) =>
      times.map((time) => {
        const text = clock.format(time);
        return text === '00:00' ? day.format(time) : text;
      }),
  };
}

/** @param show writes a value; a number and its unit without it */
export function valueAxis({
  unit,
  scheme,
  show = (value) => formatQuantity(value, unit),
}: Pick<ChartSpec, 'unit' | 'scheme'> & { show?: ((value: number) => string) | undefined }): uPlot.Axis {
  return {
    ...axisStyle(scheme),
    space: 36,
    // Wide enough for its longest text; about 7 px a character at 12 px.
    size: (_, texts) => Math.max(74, 16 + 7 * Math.max(0, ...(texts ?? []).map((text) => text.length))),
    values: (_, values) => values.map((value) => show(value).replace(/\.0+(?=\D)/, '')),
  };
}

export function axisStyle(scheme: ChartScheme): uPlot.Axis {
  const { text, grid } = chartPalette(scheme);
  const line = { stroke: grid, width: 1 };
  return { stroke: text, font: '12px system-ui, sans-serif', grid: line, ticks: { ...line, size: 5 } };
}
