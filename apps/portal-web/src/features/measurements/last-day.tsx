import { Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ChannelDetail, DeviceDetail } from '#libs/contracts';
import {
  EmptyState,
  formatDayAndTime,
  lastDayOfData,
  LoadingState,
  QueryContent,
  useNow,
  type TimeRange,
} from '#libs/ui';
import { measurementsQuery } from './measurements.queries.js';
import { UnitCharts, type NamedChannel } from './unit-charts.js';

interface Props {
  site: { timeZone: string; lastTime: string | null };
  channels: readonly { channel: ChannelDetail; device: DeviceDetail }[];
}

/** Charts of the last 24 hours that have data, one per unit. */
export function LastDay({ site, channels }: Props) {
  if (site.lastTime === null) {
    return (
      <EmptyState Icon={IconChartLine} title="No measurements yet">
        The chart appears with the first imported meter file of this site.
      </EmptyState>
    );
  }
  return <LastDayUntil lastTime={site.lastTime} timeZone={site.timeZone} channels={channels} />;
}

interface UntilProps extends Pick<Props, 'channels'> {
  lastTime: string;
  timeZone: string;
}

function LastDayUntil({ lastTime, timeZone, channels }: UntilProps) {
  const range = lastDayOfData(lastTime, useNow());
  const named = useMemo(() => channels.map(nameChannel), [channels]);
  const ids = named.map(({ id }) => id).sort();
  const query = useQuery(measurementsQuery(ids, range));
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {describeRange(range, timeZone)}
      </Text>
      {named.length === 0 ? (
        <EmptyState Icon={IconChartLine} title="No channel is selected">
          Tick channels in the list of devices to see their last day.
        </EmptyState>
      ) : (
        <QueryContent query={query} loading={<LoadingState what="measurements" height={400} />}>
          {({ series }) => <UnitCharts channels={named} series={series} range={range} timeZone={timeZone} />}
        </QueryContent>
      )}
    </>
  );
}

function nameChannel({ channel, device }: Props['channels'][number]): NamedChannel {
  return { id: channel.id, label: `${device.serial} ${channel.label}`, unit: channel.unit };
}

function describeRange({ from, to }: TimeRange, timeZone: string): string {
  const [first, last] = [new Date(from), new Date(to)];
  const span = `${formatDayAndTime(first, timeZone)} to ${formatDayAndTime(last, timeZone)}`;
  return `Last 24 hours of data: ${span} (${timeZone})`;
}
