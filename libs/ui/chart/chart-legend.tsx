import { VisuallyHidden } from '@mantine/core';
import { formatQuantity } from '../number-format.js';
import type { TimeSeries } from './align-series.js';
import { lineStyles, type ChartScheme } from './chart-palette.js';
import { summarizeSeries } from './series-summary.js';
import { uiWords } from '../ui-words.js';
import { useScrollFocus } from '../use-scroll-focus.js';
import { useWords } from '../words.js';
import styles from './time-series-chart.module.css';

interface Props {
  title: string;
  series: readonly TimeSeries[];
  unit: string;
  scheme: ChartScheme;
  /** What a line is: `Channel`. */
  heading: string;
  /** Time under the cursor and the values there; undefined when the cursor is elsewhere. */
  cursor: { time: string; values: (number | null)[] } | undefined;
}

/** Names the lines and says in figures what they show: the chart for who cannot see it. */
export function ChartLegend({ title, series, unit, scheme, heading, cursor }: Props) {
  const t = useWords(uiWords);
  const scroll = useScrollFocus();
  const lines = lineStyles(
    scheme,
    series.map(({ paired }) => paired === true),
  );
  return (
    <div className={styles.legendScroll} ref={scroll}>
      <table className={styles.legend} data-long-unit={unit.length > 3}>
        <caption>
          <VisuallyHidden>{t('chartValues', { title })}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col">{cursor === undefined ? t('last') : t('atTime', { time: cursor.time })}</th>
            <th scope="col">{t('minimum')}</th>
            <th scope="col">{t('mean')}</th>
            <th scope="col">{t('maximum')}</th>
          </tr>
        </thead>
        <tbody>
          {series.map((one, index) => {
            const { last, min, mean, max } = summarizeSeries(one);
            return (
              <tr key={one.label}>
                <th scope="row">
                  <Swatch {...(lines[index] ?? { color: 'currentColor', dash: [] })} />
                  {one.label}
                </th>
                <td>{formatQuantity(cursor === undefined ? last : cursor.values[index], unit)}</td>
                <td>{formatQuantity(min, unit)}</td>
                <td>{formatQuantity(mean, unit)}</td>
                <td>{formatQuantity(max, unit)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Swatch({ color, dash }: { color: string; dash: number[] }) {
  return (
    <svg width="22" height="8" aria-hidden className={styles.swatch}>
      <line x1="0" y1="4" x2="22" y2="4" stroke={color} strokeWidth="3" strokeDasharray={dash.join(' ')} />
    </svg>
  );
}
