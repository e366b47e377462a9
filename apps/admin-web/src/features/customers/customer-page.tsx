import { Group, Paper, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { CustomerDetail } from '#libs/contracts';
import { BackLink, LoadingState, PageHeader, QueryContent, UrlTabs } from '#libs/ui';
import { AuditEvents } from '../audit/audit-events.js';
import { IngestEvents } from '../ingest/ingest-events.js';
import { Tokens } from '../tokens/tokens.js';
import { CustomerActions } from './customer-actions.js';
import { CustomerOverview } from './customer-overview.js';
import { CustomerSites } from './customer-sites.js';
import { customerQuery } from './customers.queries.js';
import { FirstPush } from './first-push.js';
import { PushHealthBadge } from './push-health-badge.js';

export function CustomerPage() {
  const { code = '' } = useParams();
  const query = useQuery(customerQuery(code));
  const customer = query.data;
  return (
    <>
      <PageHeader
        title={code}
        parent={<BackLink to="/customers">Customers</BackLink>}
        description={
          customer ? (
            <Group gap="xs" component="span">
              {customer.name}
              <PushHealthBadge health={customer.health} />
            </Group>
          ) : (
            '\u00A0'
          )
        }
      >
        {customer && <CustomerActions customer={customer} />}
      </PageHeader>
      <QueryContent query={query} loading={<LoadingState what="the customer" height={320} />}>
        {(customer) => <CustomerTabs key={customer.id} customer={customer} />}
      </QueryContent>
    </>
  );
}

function CustomerTabs({ customer }: { customer: CustomerDetail }) {
  const { code } = customer;
  return (
    <Stack gap="md">
      <FirstPush customer={customer} />
      <Paper>
        <UrlTabs
          label={`About ${code}`}
          tabs={[
            { value: 'overview', label: 'Overview', content: <CustomerOverview customer={customer} /> },
            { value: 'events', label: 'Ingest events', content: <IngestEvents code={code} /> },
            { value: 'sites', label: 'Sites', content: <CustomerSites code={code} /> },
            { value: 'tokens', label: 'Tokens', content: <Tokens code={code} /> },
            { value: 'audit', label: 'Audit', content: <AuditEvents filter={{ customer: code }} /> },
          ]}
        />
      </Paper>
    </Stack>
  );
}
