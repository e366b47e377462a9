import { Alert, Group, Text } from '@mantine/core';
import { IconMailOff, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { AlertDestination } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  LoadingState,
  QueryContent,
  RelativeTime,
  StatusBadge,
  type Column,
} from '#libs/ui';
import { alertDestinationsQuery } from './alerts.queries.js';
import { RemoveDestination, TestDestination } from './destination-actions.js';
import { AddDestination, EditDestination } from './edit-destination.js';

const destinationTypes: Record<AlertDestination['type'], string> = {
  webhook: 'Webhook',
  email: 'E-mail',
};

const columns: Column<AlertDestination>[] = [
  { header: 'Address', rowHeader: true, cell: ({ address }) => address },
  { header: 'Type', cell: ({ type }) => destinationTypes[type] },
  {
    header: 'State',
    cell: ({ enabled }) =>
      enabled ? <StatusBadge tone="good">On</StatusBadge> : <StatusBadge tone="neutral">Off</StatusBadge>,
  },
  { header: 'Last sent', cell: ({ lastSentAt }) => <RelativeTime value={lastSentAt} otherwise="Never" /> },
  { header: 'Last error', wrap: true, cell: (destination) => <LastError destination={destination} /> },
  {
    header: 'Actions',
    cell: (destination) => (
      <Group gap={6}>
        <TestDestination destination={destination} />
        <EditDestination destination={destination} />
        <RemoveDestination destination={destination} />
      </Group>
    ),
  },
];

export function AlertDestinations() {
  const query = useQuery(alertDestinationsQuery);
  return (
    <>
      <Group justify="space-between" p="sm" gap="xs">
        <Text size="sm" c="dimmed">
          Each is told when an alert opens and when it is resolved.
        </Text>
        <AddDestination />
      </Group>
      <QueryContent query={query} loading={<LoadingState what="destinations" rows={3} />}>
        {({ destinations, emailConfigured }) => (
          <>
            {!emailConfigured && <NoMailServer />}
            {destinations.length === 0 ? (
              <EmptyState Icon={IconSend} title="No destination yet">
                Alerts are shown here only. Add a webhook or an e-mail address to be told.
              </EmptyState>
            ) : (
              <DataTable label="Destinations" columns={columns} rows={destinations} rowKey={({ id }) => id} />
            )}
          </>
        )}
      </QueryContent>
    </>
  );
}

function NoMailServer() {
  return (
    <Alert mx="sm" mb="sm" variant="outline" icon={<IconMailOff aria-hidden />} title="No e-mail is sent">
      <Text size="sm">
        Notices by e-mail wait until an SMTP server is set in Admin&rsquo;s configuration.
      </Text>
    </Alert>
  );
}

function LastError({ destination: { lastError } }: { destination: AlertDestination }) {
  if (lastError === null) return 'None';
  return (
    <span>
      {lastError.message} (<RelativeTime value={lastError.at} />)
    </span>
  );
}
