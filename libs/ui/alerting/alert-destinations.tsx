import { Alert, Group, Text } from '@mantine/core';
import { IconMailOff, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { AlertDestination } from '#libs/contracts';
import { DataTable, type Column } from '../data-table.js';
import { EmptyState } from '../empty-state.js';
import { LoadingState } from '../loading-state.js';
import { useDetailText } from '../problem-text.js';
import { QueryContent } from '../query-content.js';
import { RelativeTime } from '../relative-time.js';
import { Sentence } from '../sentence.js';
import { StatusBadge } from '../status-badge.js';
import { useWords, type Translate } from '../words.js';
import { alertDestinationsQuery } from './alert-destinations.queries.js';
import { RemoveDestination, TestDestination } from './destination-actions.js';
import { AddDestination, EditDestination } from './edit-destination.js';
import { alertingWords } from './words.js';

const columns = (t: Translate<typeof alertingWords>): Column<AlertDestination>[] => [
  { header: t('address'), rowHeader: true, cell: ({ address }) => address },
  { header: t('type'), cell: ({ type }) => t(type) },
  {
    header: t('state'),
    cell: ({ enabled }) =>
      enabled ? (
        <StatusBadge tone="good">{t('on')}</StatusBadge>
      ) : (
        <StatusBadge tone="neutral">{t('off')}</StatusBadge>
      ),
  },
  {
    header: t('lastSent'),
    cell: ({ lastSentAt }) => <RelativeTime value={lastSentAt} otherwise={t('never')} />,
  },
  { header: t('lastError'), wrap: true, cell: (destination) => <LastError destination={destination} /> },
  {
    header: t('actions'),
    cell: (destination) => (
      <Group gap={6}>
        <TestDestination destination={destination} />
        <EditDestination destination={destination} />
        <RemoveDestination destination={destination} />
      </Group>
    ),
  },
];

/** Where notices of alerts go, for `/api/alerts/destinations` of both apps. */
export function AlertDestinations() {
  const t = useWords(alertingWords);
  const query = useQuery(alertDestinationsQuery);
  return (
    <>
      <Group justify="space-between" p="sm" gap="xs">
        <Text size="sm" c="dimmed">
          {t('toldWhen')}
        </Text>
        <AddDestination />
      </Group>
      <QueryContent query={query} loading={<LoadingState what={t('destinations')} rows={3} />}>
        {({ destinations, emailConfigured }) => (
          <>
            {!emailConfigured && <NoMailServer />}
            {destinations.length === 0 ? (
              <EmptyState Icon={IconSend} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <DataTable
                label={t('destinations')}
                columns={columns(t)}
                rows={destinations}
                rowKey={({ id }) => id}
              />
            )}
          </>
        )}
      </QueryContent>
    </>
  );
}

function NoMailServer() {
  const t = useWords(alertingWords);
  return (
    <Alert mx="sm" mb="sm" variant="outline" icon={<IconMailOff aria-hidden />} title={t('noMail')}>
      <Text size="sm">{t('noMailText')}</Text>
    </Alert>
  );
}

function LastError({ destination: { lastError } }: { destination: AlertDestination }) {
  const t = useWords(alertingWords);
  const say = useDetailText();
  if (lastError === null) return t('noError');
  const { message, at } = lastError;
  return (
    <span>
      <Sentence
        words={alertingWords}
        text="errorAt"
        values={{ message: say(message) }}
        parts={{ time: <RelativeTime value={at} /> }}
      />
    </span>
  );
}
