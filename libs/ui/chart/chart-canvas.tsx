import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { AlignedSeries } from './align-series.js';
import styles from './time-series-chart.module.css';

export type ChartSize = Pick<uPlot.Options, 'width' | 'height'>;

interface Props {
  /** What to draw at that size; the same function while the same is to be drawn. */
  options: (size: ChartSize) => uPlot.Options;
  data: AlignedSeries;
  height: number;
}

/** The drawing itself, hidden from screen readers: the figures beside it say what it shows. A chart is made anew when its options or data change, which costs a few milliseconds. */
export function ChartCanvas({ options, data, height }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const size = () => ({ width: Math.max(element.clientWidth, 120), height });
    const aligned = [data.times, ...data.values] as uPlot.AlignedData;
    const chart = new uPlot(options(size()), aligned, element);
    const observer = new ResizeObserver(() => chart.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [options, data, height]);
  return <div ref={holder} className={styles.canvas} style={{ height }} aria-hidden />;
}
