import { Anchor, Group, Paper } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { CustomerSummary } from '#libs/contracts';
import { formatCount, LoadingState, missing, PageHeader, QueryContent, RelativeTime, Stats } from '#libs/ui';
import { IngestEvents } from '../ingest/ingest-events.js';
import { backlog } from './customers-page.js';
import { customerQuery } from './customers.queries.js';
import { PushHealthBadge } from './push-health.js';

export function CustomerPage() {
  const { code = '' } = useParams();
  const query = useQuery(customerQuery(code));
  return (
    <>
      <PageHeader
        title={code}
        parent={
          <Anchor component={Link} to="/customers" inherit>
            <Group gap={4} component="span">
              <IconArrowLeft size={14} aria-hidden />
              Customers
            </Group>
          </Anchor>
        }
        description={query.data?.name ?? '\u00A0'}
      />
      <Paper component="section" aria-label="Summary" p="md" mb="md">
        <QueryContent query={query} loading={<LoadingState what="the customer" height={150} />}>
          {(customer) => <Stats items={facts(customer)} />}
        </QueryContent>
      </Paper>
      <IngestEvents code={code} />
    </>
  );
}

function facts(customer: CustomerSummary) {
  return [
    { label: 'Push health', value: <PushHealthBadge health={customer.health} /> },
    { label: 'Last contact', value: <RelativeTime value={customer.lastContactAt} otherwise="Never" /> },
    { label: 'Last accepted', value: <RelativeTime value={customer.lastAcceptedAt} otherwise="Never" /> },
    { label: 'Newest data point', value: <RelativeTime value={customer.newestDataAt} /> },
    { label: 'Measurements', value: formatCount(customer.measurementCount) },
    { label: 'Sites', value: formatCount(customer.siteCount) },
    { label: 'Devices', value: formatCount(customer.deviceCount) },
    { label: 'Channels', value: formatCount(customer.channelCount) },
    { label: 'Backlog', value: backlog(customer.backlogBatches) },
    { label: 'Stack version', value: customer.stackVersion ?? missing },
    { label: 'Registered', value: <RelativeTime value={customer.createdAt} /> },
  ];
}
