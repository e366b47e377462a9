import { Group, SegmentedControl, Stack, Title } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CustomerActivity as Activity } from '#libs/contracts';
import { EmptyState, LoadingState, localTimeZone, QueryContent, TimeSeriesChart } from '#libs/ui';
import { hourlyRate, lagLine } from './activity.js';
import { activityQuery } from './customers.queries.js';

const ranges = [
  { value: '24', label: '24 h' },
  { value: '168', label: '7 d' },
  { value: '720', label: '30 d' },
];

/** Push rate and lag over time. */
export function CustomerActivity({ code }: { code: string }) {
  const [hours, setHours] = useState('24');
  const query = useQuery(activityQuery(code, Number(hours)));
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={2}>Push rate and lag</Title>
        <SegmentedControl
          size="xs"
          aria-label="Range of time"
          data={ranges}
          value={hours}
          onChange={setHours}
        />
      </Group>
      <QueryContent query={query} loading={<LoadingState what="the activity" height={480} />}>
        {({ activity, to }) =>
          activity.times.length === 0 ? (
            <EmptyState Icon={IconChartLine} title="No push in this time">
              Choose a longer range, or see when the last contact was.
            </EmptyState>
          ) : (
            <Charts activity={activity} to={to} hours={Number(hours)} />
          )
        }
      </QueryContent>
    </>
  );
}

function Charts({ activity, to, hours }: { activity: Activity; to: number; hours: number }) {
  const bucketMs = activity.bucketSeconds * 1000;
  const rates = useMemo(
    () => [
      { label: 'Accepted', bucketMs, ...hourlyRate(activity, activity.rowsAccepted) },
      { label: 'Rejected', bucketMs, ...hourlyRate(activity, activity.rowsRejected) },
    ],
    [activity, bucketMs],
  );
  const { unit, lags } = useMemo(() => {
    const { unit, ...line } = lagLine(activity);
    return { unit, lags: [{ label: 'Lag', bucketMs, ...line }] };
  }, [activity, bucketMs]);
  const axis = {
    timeZone: localTimeZone,
    from: to - hours * 3_600_000,
    to,
    syncKey: 'activity',
    height: 180,
    seriesHeading: 'Line',
  };
  return (
    <Stack gap="lg">
      <TimeSeriesChart title="Push rate (rows/h)" series={rates} unit="rows/h" {...axis} />
      <TimeSeriesChart
        title={`Lag of the newest measurement (${unit})`}
        series={lags}
        unit={unit}
        {...axis}
      />
    </Stack>
  );
}
