import { Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { FleetOverview } from '#libs/contracts';
import { BarChart, EmptyState, RelativeTime } from '#libs/ui';

/** Energy of all customers per UTC day. */
export function FleetEnergy({ energy }: { energy: FleetOverview['energy'] }) {
  const bars = useMemo(
    () => energy.days.map(({ day, energyKwh, coverage }) => ({ day, value: energyKwh, coverage })),
    [energy.days],
  );
  if (bars.length === 0) {
    return (
      <EmptyState Icon={IconChartBar} title="No energy yet">
        It is summed from the measurements of the last 30 days, every few minutes.
      </EmptyState>
    );
  }
  return (
    <>
      <BarChart title="Energy per day, all customers (kWh)" bars={bars} unit="kWh" height={220} />
      <Text size="xs" c="dimmed" mt="xs">
        Summed <RelativeTime value={energy.computedAt} timeZone="UTC" otherwise="never" />. The last day is
        not over.
      </Text>
    </>
  );
}
