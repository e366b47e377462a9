import { lazy, Suspense } from 'react';
import { LoadingState } from '../loading-state.js';
import type { BarChartProps } from './bar-chart.js';
import type { TimeSeriesChartProps } from './time-series-chart.js';
import { uiWords } from '../ui-words.js';
import { useWords } from '../words.js';

// Loaded with the first chart: pages without one do not carry uPlot.
const LazyTimeSeriesChart = lazy(() => import('./time-series-chart.js'));
const LazyBarChart = lazy(() => import('./bar-chart.js'));

/** Lines over time; see `TimeSeriesChartProps`. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const t = useWords(uiWords);
  return (
    <Suspense fallback={<LoadingState what={t('theChart')} height={props.height} />}>
      <LazyTimeSeriesChart {...props} />
    </Suspense>
  );
}

/** One bar per day; see `BarChartProps`. */
export function BarChart(props: BarChartProps) {
  const t = useWords(uiWords);
  return (
    <Suspense fallback={<LoadingState what={t('theChart')} height={props.height} />}>
      <LazyBarChart {...props} />
    </Suspense>
  );
}
