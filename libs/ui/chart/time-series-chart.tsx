import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useId, useMemo, useState } from 'react';
import { formatDayAndTime, formatZone } from '../time-format.js';
import { alignSeries, type AlignedSeries, type TimeSeries } from './align-series.js';
import { ChartCanvas, type ChartSize } from './chart-canvas.js';
import { ChartLegend } from './chart-legend.js';
import { chartOptions } from './chart-options.js';
import { uiWords } from '../ui-words.js';
import { useWords } from '../words.js';
import styles from './time-series-chart.module.css';

export interface TimeSeriesChartProps {
  title: string;
  /** All of one unit; each label once. */
  series: readonly TimeSeries[];
  unit: string;
  /** IANA zone of the axis. */
  timeZone: string;
  /** Ends of the time axis, epoch milliseconds. */
  from: number;
  to: number;
  syncKey: string;
  height: number;
  /** What a line is; a channel unless said. */
  seriesHeading?: string;
  /** Told the range that is drawn over with the pointer, epoch milliseconds; the same function between renderings. */
  onZoom?: ((from: number, to: number) => void) | undefined;
}

/** Lines over time, with a legend that reads the values at the cursor. */
export default function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { title, series, unit, timeZone, from, to, syncKey, height, seriesHeading, onZoom } = props;
  const t = useWords(uiWords);
  const scheme = useComputedColorScheme();
  const titleId = useId();
  const [indexes, setIndexes] = useState<(number | null)[] | null>(null);
  const data = useMemo(() => alignSeries(series), [series]);
  const labels = series.map(({ label }) => label).join('\n');
  const pairs = series.map(({ paired }) => (paired === true ? '1' : '0')).join('');
  const options = useCallback(
    (size: ChartSize) => {
      const range = [from, to] as const;
      const lines = labels.split('\n');
      const paired = pairs.split('').map((one) => one === '1');
      return chartOptions(
        { labels: lines, paired, unit, timeZone, range, scheme, syncKey, onCursor: setIndexes, onZoom },
        size,
      );
    },
    [labels, pairs, unit, timeZone, from, to, scheme, syncKey, onZoom],
  );
  return (
    <figure className={styles.chart} aria-labelledby={titleId}>
      <figcaption className={styles.caption}>
        <h2 id={titleId}>{title}</h2>
        <span>{t('timesIn', { zone: formatZone(new Date(to), timeZone) })}</span>
      </figcaption>
      <ChartCanvas options={options} data={data} height={height} />
      <ChartLegend
        title={title}
        series={series}
        unit={unit}
        scheme={scheme}
        heading={seriesHeading ?? t('channel')}
        cursor={indexes === null ? undefined : readCursor(data, indexes, timeZone)}
      />
    </figure>
  );
}

function readCursor(data: AlignedSeries, indexes: (number | null)[], timeZone: string) {
  const at = indexes.find((index) => index !== null);
  const time = at === undefined ? undefined : data.times[at];
  if (time === undefined) return undefined;
  const values = data.values.map((one, series) => one[indexes[series] ?? -1] ?? null);
  return { time: formatDayAndTime(new Date(time), timeZone), values };
}
