import { Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { FleetOverview } from '#libs/contracts';
import { EmptyState, formatQuantity, TimeSeriesChart } from '#libs/ui';

const dayMs = 86_400_000;

interface Props {
  fleet: FleetOverview;
  /** The chart's end, epoch milliseconds. */
  to: number;
}

/** Rows per second, now and over the last 24 hours. */
export function FleetIngest({ fleet: { ingest, rowsPerSecond }, to }: Props) {
  const series = useMemo(() => {
    const bucketMs = ingest.bucketSeconds * 1000;
    return [
      { label: 'Sent', times: ingest.times, values: ingest.rowsPerSecond, bucketMs },
      { label: 'Rejected', times: ingest.times, values: ingest.rejectedPerSecond, bucketMs },
    ];
  }, [ingest]);
  return (
    <>
      <Text size="sm" mb="xs">
        <Text span fw={650} size="lg">
          {formatQuantity(rowsPerSecond, 'rows/s')}
        </Text>{' '}
        <Text span c="dimmed">
          now, mean of the last five minutes
        </Text>
      </Text>
      {ingest.times.length === 0 ? (
        <EmptyState Icon={IconChartLine} title="No push in the last 24 hours" />
      ) : (
        <TimeSeriesChart
          title="Rows per second, last 24 hours"
          series={series}
          unit="rows/s"
          timeZone="UTC"
          from={to - dayMs}
          to={to}
          syncKey="fleet"
          height={200}
          seriesHeading="Line"
        />
      )}
    </>
  );
}
