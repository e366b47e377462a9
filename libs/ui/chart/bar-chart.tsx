import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useId, useMemo, useState } from 'react';
import { DataTable, type Column } from '../data-table.js';
import { formatPercent, formatQuantity } from '../number-format.js';
import { formatDay } from '../time-format.js';
import { uiWords } from '../ui-words.js';
import { useWords, type Translate } from '../words.js';
import type { AlignedSeries } from './align-series.js';
import { barOptions } from './bar-options.js';
import { ChartCanvas, type ChartSize } from './chart-canvas.js';
import styles from './time-series-chart.module.css';

/** The value of one day. */
export interface Bar {
  /** `2026-01-09` */
  day: string;
  value: number;
  /** How much of the day has data, 0 to 1. */
  coverage: number;
}

export interface BarChartProps {
  title: string;
  /** Ascending; a day without data is left out. */
  bars: readonly Bar[];
  unit: string;
  /** Writes a value where a number and its unit do not do, as for money; the same function each time. */
  show?: (value: number) => string;
  /** What the values are, as the heading of their column; energy unless said. */
  quantity?: string;
  /** The zone that the days were cut in; UTC unless said. */
  timeZone?: string;
  height: number;
}

/** Below it a bar is drawn as an outline: what it shows is too little. */
const complete = 0.95;

/** One bar per day; the same figures stand in a table below. */
export default function BarChart(props: BarChartProps) {
  const { title, bars, unit, show, quantity, timeZone = 'UTC', height } = props;
  const t = useWords(uiWords);
  const scheme = useComputedColorScheme();
  const titleId = useId();
  const [index, setIndex] = useState<number | null>(null);
  const data = useMemo(() => alignBars(bars), [bars]);
  const from = data.times[0] ?? 0;
  const to = data.times.at(-1) ?? 0;
  const options = useCallback(
    (size: ChartSize) => barOptions({ unit, show, range: [from, to], scheme, onCursor: setIndex }, size),
    [unit, show, from, to, scheme],
  );
  const shown = bars[index ?? bars.length - 1];
  const write = useMemo(() => show ?? ((value: number) => formatQuantity(value, unit)), [show, unit]);
  const columns = useMemo(
    () => columnsIn({ write, quantity: quantity ?? t('energy'), timeZone }, t),
    [write, quantity, timeZone, t],
  );
  return (
    <figure className={styles.chart} aria-labelledby={titleId}>
      <figcaption className={styles.caption}>
        <h2 id={titleId}>{title}</h2>
        <span>{t('daysIn', { zone: timeZone })}</span>
      </figcaption>
      <ChartCanvas options={options} data={data} height={height} />
      <p className={styles.reading}>
        {shown && describe(shown, write, t)} {t('outlinedBars', { share: formatPercent(complete * 100, 0) })}
      </p>
      <details className={styles.figures}>
        <summary>{t('showFigures')}</summary>
        <DataTable
          label={title}
          columns={columns}
          rows={bars.toReversed()}
          rowKey={({ day }) => day}
          compact
        />
      </details>
    </figure>
  );
}

function alignBars(bars: readonly Bar[]): AlignedSeries {
  const split = (wanted: boolean) =>
    bars.map(({ value, coverage }) => (coverage >= complete === wanted ? value : null));
  return { times: bars.map(({ day }) => Date.parse(day)), values: [split(true), split(false)] };
}

type Write = (value: number) => string;

function describe({ day, value, coverage }: Bar, write: Write, t: Translate<typeof uiWords>): string {
  return t('barReading', {
    day: formatDay(new Date(day), 'UTC'),
    value: write(value),
    share: formatPercent(coverage * 100, 0),
  });
}

function columnsIn(
  { write, quantity, timeZone }: { write: Write; quantity: string; timeZone: string },
  t: Translate<typeof uiWords>,
): Column<Bar>[] {
  return [
    {
      header: t('dayIn', { zone: timeZone }),
      rowHeader: true,
      cell: ({ day }) => formatDay(new Date(day), 'UTC'),
    },
    { header: quantity, numeric: true, cell: ({ value }) => write(value) },
    { header: t('coverage'), numeric: true, cell: ({ coverage }) => formatPercent(coverage * 100, 0) },
  ];
}
