import { Stack } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { MeasurementSeries } from '#libs/contracts';
import { EmptyState, TimeSeriesChart, type TimeRange, type TimeSeries } from '#libs/ui';

export interface NamedChannel {
  id: string;
  /** Unique on the page. */
  label: string;
  unit: string;
}

interface Props {
  channels: readonly NamedChannel[];
  series: MeasurementSeries['series'];
  range: TimeRange;
  timeZone: string;
}

const quantities: Record<string, string> = {
  W: 'Power',
  kW: 'Power',
  VA: 'Apparent power',
  var: 'Reactive power',
  V: 'Voltage',
  A: 'Current',
  Wh: 'Energy',
  kWh: 'Energy',
  Hz: 'Frequency',
};

/** One chart per unit, one under the other with a common cursor: volts and watts do not share a scale. */
export function UnitCharts({ channels, series, range, timeZone }: Props) {
  const charts = useMemo(() => groupByUnit(channels, series), [channels, series]);
  if (charts.every(([, lines]) => lines.every(({ times }) => times.length === 0))) {
    return (
      <EmptyState Icon={IconChartLine} title="No measurements in these 24 hours">
        The selected channels have sent nothing in this time. Select others, or see when they were last seen.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      {charts.map(([unit, lines]) => (
        <TimeSeriesChart
          key={unit}
          title={quantities[unit] === undefined ? unit : `${quantities[unit]} (${unit})`}
          series={lines}
          unit={unit}
          timeZone={timeZone}
          from={range.from}
          to={range.to}
          syncKey="last-day"
          height={charts.length > 1 ? 220 : 320}
        />
      ))}
    </Stack>
  );
}

function groupByUnit(channels: readonly NamedChannel[], series: Props['series']): [string, TimeSeries[]][] {
  const byId = new Map(series.map((one) => [one.channelId, one]));
  const groups = new Map<string, TimeSeries[]>();
  for (const { id, label, unit } of channels) {
    const found = byId.get(id);
    if (found === undefined) continue;
    const { times, values, bucketSeconds } = found;
    const line = { label, times, values, bucketMs: bucketSeconds === null ? null : bucketSeconds * 1000 };
    groups.set(unit, [...(groups.get(unit) ?? []), line]);
  }
  return [...groups];
}
