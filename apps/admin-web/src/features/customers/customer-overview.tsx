import { Box, Stack } from '@mantine/core';
import type { CustomerDetail } from '#libs/contracts';
import {
  AbsoluteTime,
  formatCount,
  formatCounted,
  formatPercent,
  formatSpan,
  missing,
  RelativeTime,
  Stats,
} from '#libs/ui';
import { CustomerActivity } from './customer-activity.js';
import { PushHealthBadge } from './push-health-badge.js';

export function CustomerOverview({ customer }: { customer: CustomerDetail }) {
  return (
    <Stack gap="lg" p="md">
      <section aria-label="Facts">
        <Stats items={[...pushFacts(customer), ...dataFacts(customer)]} />
      </section>
      <Box component="section" aria-label="Activity">
        <CustomerActivity code={customer.code} />
      </Box>
    </Stack>
  );
}

function pushFacts(customer: CustomerDetail) {
  return [
    { label: 'Push health', value: <PushHealthBadge health={customer.health} /> },
    { label: 'Last contact', value: <RelativeTime value={customer.lastContactAt} otherwise="Never" /> },
    { label: 'Last accepted', value: <RelativeTime value={customer.lastAcceptedAt} otherwise="Never" /> },
    { label: 'Last rejected', value: <RelativeTime value={customer.lastRejectedAt} otherwise="Never" /> },
    {
      label: 'Last refused token',
      value: <RelativeTime value={customer.lastAuthFailedAt} otherwise="Never" />,
    },
    { label: 'Newest data point', value: <RelativeTime value={customer.newestDataAt} /> },
    { label: 'Lag', value: formatSpan(customer.lagSeconds) },
    { label: 'Rows in the last hour', value: formatCount(customer.rowsPerHour) },
    { label: 'Rejected in the last hour', value: formatPercent(customer.rejectedPercent) },
    { label: 'Backlog', value: backlog(customer) },
  ];
}

function dataFacts(customer: CustomerDetail) {
  const disabled = { label: 'Disabled', value: <AbsoluteTime value={customer.disabledAt} /> };
  return [
    { label: 'Measurements', value: formatCount(customer.measurementCount) },
    { label: 'Sites', value: formatCount(customer.siteCount) },
    { label: 'Devices', value: formatCount(customer.deviceCount) },
    { label: 'Channels', value: formatCount(customer.channelCount) },
    { label: 'Stack version', value: customer.stackVersion ?? missing },
    {
      label: 'Newest valid token',
      value: <RelativeTime value={customer.tokenCreatedAt} otherwise="None" />,
    },
    { label: 'Registered', value: <RelativeTime value={customer.createdAt} /> },
    ...(customer.disabledAt === null ? [] : [disabled]),
  ];
}

function backlog({ backlogBatches, oldestUnsentAt }: CustomerDetail) {
  if (backlogBatches === null) return missing;
  return (
    <>
      {formatCounted(backlogBatches, 'batch', 'batches')}
      {oldestUnsentAt !== null && (
        <>
          , oldest <RelativeTime value={oldestUnsentAt} />
        </>
      )}
    </>
  );
}
