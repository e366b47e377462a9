import { lazy, Suspense } from 'react';
import { LoadingState } from '../loading-state.js';
import type { TimeSeriesChartProps } from './time-series-chart.js';

// Loaded with the first chart: pages without one do not carry uPlot.
const LazyChart = lazy(() => import('./time-series-chart.js'));

/** Lines over time; see `TimeSeriesChartProps`. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  return (
    <Suspense fallback={<LoadingState what="the chart" height={props.height} />}>
      <LazyChart {...props} />
    </Suspense>
  );
}
