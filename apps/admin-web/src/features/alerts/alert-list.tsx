import { Group, SegmentedControl, Select } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { DataTable, EmptyState, LoadingState, OlderButton, QueryContent } from '#libs/ui';
import { alertColumns } from './alert-columns.js';
import { alertKinds, readKind } from './alert-kinds.js';
import { alertsQuery, type AlertState } from './alerts.queries.js';

const states: { value: AlertState; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
];

const kinds = Object.entries(alertKinds).map(([value, { text }]) => ({ value, label: text }));

export function AlertList() {
  const [params, setParams] = useSearchParams();
  const state = states.find(({ value }) => value === params.get('state'))?.value ?? 'open';
  const kind = readKind(params.get('kind'));
  const set = (name: string, value: string | null) =>
    setParams(
      (previous) => {
        if (value === null) previous.delete(name);
        else previous.set(name, value);
        return previous;
      },
      { replace: true },
    );
  const query = useInfiniteQuery(alertsQuery(state, kind));
  return (
    <>
      <Group gap="sm" p="sm" component="search" aria-label="Filter alerts">
        <SegmentedControl
          size="xs"
          aria-label="State"
          data={states}
          value={state}
          onChange={(value) => set('state', value === 'open' ? null : value)}
        />
        <Select
          size="xs"
          aria-label="Kind"
          placeholder="All kinds"
          data={kinds}
          clearable
          value={kind ?? null}
          onChange={(value) => set('kind', value)}
          w={160}
        />
      </Group>
      <QueryContent query={query} loading={<LoadingState what="alerts" />}>
        {({ pages }) => {
          const alerts = pages.flatMap(({ alerts }) => alerts);
          return alerts.length === 0 ? (
            <EmptyState Icon={IconBellOff} title={state === 'open' ? 'No open alert' : 'No alert'}>
              An alert opens when a rule holds for a customer, and is resolved when it no longer does.
            </EmptyState>
          ) : (
            <DataTable label="Alerts" columns={alertColumns} rows={alerts} rowKey={({ id }) => id} />
          );
        }}
      </QueryContent>
      <OlderButton query={query} />
    </>
  );
}
