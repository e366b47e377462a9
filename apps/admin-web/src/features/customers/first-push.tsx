import { Alert, Code, List, Text } from '@mantine/core';
import { IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import type { CustomerDetail } from '#libs/contracts';
import { formatCounted } from '#libs/ui';

/** Waits, with whoever looks, for the first push of a customer; says so when it came. */
export function FirstPush({ customer }: { customer: CustomerDetail }) {
  const waits = customer.lastAcceptedAt === null && customer.disabledAt === null;
  const [waited, setWaited] = useState(waits);
  if (waits && !waited) setWaited(true);
  return (
    <output aria-live="polite">{waits ? <Waiting /> : waited && <Arrived customer={customer} />}</output>
  );
}

function Waiting() {
  return (
    <Alert icon={<IconHourglass aria-hidden />} title="Waiting for the first push" variant="outline">
      <List type="ordered" size="sm" spacing={2}>
        <List.Item>
          Set the token as <Code>FLEET_INGEST_TOKEN</Code> in the tenant&rsquo;s <Code>.env</Code>, and{' '}
          <Code>FLEET_INGEST_URL</Code> to the address of this Admin.
        </List.Item>
        <List.Item>
          Set <Code>FLEET_INGEST_ENABLED=true</Code> and restart the portal.
        </List.Item>
        <List.Item>It pushes within a minute. This page looks every three seconds.</List.Item>
      </List>
    </Alert>
  );
}

function Arrived({ customer }: { customer: CustomerDetail }) {
  if (customer.lastAcceptedAt === null) return null;
  return (
    <Alert
      icon={<IconCircleCheck aria-hidden />}
      color="green"
      title="The first push has arrived"
      variant="outline"
    >
      <Text size="sm">
        Admin holds {formatCounted(customer.measurementCount, 'measurement')} of{' '}
        {formatCounted(customer.channelCount, 'channel')} now.
      </Text>
    </Alert>
  );
}
