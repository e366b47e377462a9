import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { AlignedSeries } from './align-series.js';
import { chartOptions, type ChartSpec } from './chart-options.js';
import styles from './time-series-chart.module.css';

interface Props {
  spec: ChartSpec;
  data: AlignedSeries;
  height: number;
}

/** The drawing itself, hidden from screen readers: the legend says what it shows. A chart is made anew when its spec or data change, which costs a few milliseconds. */
export function ChartCanvas({ spec, data, height }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const size = () => ({ width: Math.max(element.clientWidth, 120), height });
    const aligned = [data.times, ...data.values] as uPlot.AlignedData;
    const chart = new uPlot(chartOptions(spec, size()), aligned, element);
    const observer = new ResizeObserver(() => chart.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [spec, data, height]);
  return <div ref={holder} className={styles.canvas} style={{ height }} aria-hidden />;
}
