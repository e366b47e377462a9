import { Code, Paper, Stack } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FleetPushStatus } from '#libs/contracts';
import { EmptyState, LoadingState, PageHeader, QueryContent } from '#libs/ui';
import { fleetPushStatusQuery } from './fleet-push.queries.js';
import { LastError } from './last-error.js';
import { PushFacts } from './push-facts.js';
import { Quarantine } from './quarantine.js';
import { Reconcile } from './reconcile.js';

/** Settings → Fleet: what this portal owes to Admin. */
export function FleetPushPage() {
  const query = useQuery(fleetPushStatusQuery);
  return (
    <>
      <PageHeader
        title="Fleet"
        parent="Settings"
        description="What this portal pushes to the fleet’s Admin"
      />
      <QueryContent query={query} loading={<LoadingState what="the state of the push" height={320} />}>
        {(status) => (status.enabled ? <Sections status={status} /> : <Disabled />)}
      </QueryContent>
    </>
  );
}

function Sections({ status }: { status: FleetPushStatus }) {
  return (
    <Stack gap="md">
      <LastError status={status} />
      <PushFacts status={status} />
      <Reconcile status={status} />
      <Quarantine status={status} />
    </Stack>
  );
}

function Disabled() {
  return (
    <Paper>
      <EmptyState Icon={IconPlugConnectedX} title="The push is off">
        This portal keeps everything to itself. To send it to Admin, set{' '}
        <Code>FLEET_INGEST_ENABLED=true</Code>, <Code>FLEET_INGEST_URL</Code> and{' '}
        <Code>FLEET_INGEST_TOKEN</Code> in the tenant&rsquo;s <Code>.env</Code> and restart the portal. What
        it has measured until then is sent too.
      </EmptyState>
    </Paper>
  );
}
