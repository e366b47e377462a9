import { Code, Paper, Stack } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FleetPushStatus } from '#libs/contracts';
import { EmptyState, LoadingState, PageHeader, QueryContent, Sentence, useWords } from '#libs/ui';
import { fleetPushStatusQuery } from './fleet-push.queries.js';
import { LastError } from './last-error.js';
import { PushFacts } from './push-facts.js';
import { Quarantine } from './quarantine.js';
import { Reconcile } from './reconcile.js';
import { fleetPushWords } from './words.js';

/** Settings → Fleet: what this portal owes to Admin. */
export function FleetPushPage() {
  const t = useWords(fleetPushWords);
  const query = useQuery(fleetPushStatusQuery);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <QueryContent query={query} loading={<LoadingState what={t('thePush')} height={320} />}>
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
  const t = useWords(fleetPushWords);
  return (
    <Paper>
      <EmptyState Icon={IconPlugConnectedX} title={t('off')}>
        <Sentence
          words={fleetPushWords}
          text="offText"
          parts={{
            enabled: <Code>FLEET_INGEST_ENABLED=true</Code>,
            url: <Code>FLEET_INGEST_URL</Code>,
            token: <Code>FLEET_INGEST_TOKEN</Code>,
            file: <Code>.env</Code>,
          }}
        />
      </EmptyState>
    </Paper>
  );
}
