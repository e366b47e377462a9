import { Paper, Stack } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FleetOverview } from '#libs/contracts';
import { AbsoluteTime, EmptyState, LoadingState, PageHeader, QueryContent } from '#libs/ui';
import { RegisterCustomer } from '../customers/register-customer.js';
import { BiggestChanges } from './biggest-changes.js';
import { FleetEnergy } from './fleet-energy.js';
import { FleetHealth } from './fleet-health.js';
import { FleetIngest } from './fleet-ingest.js';
import { fleetOverviewQuery } from './fleet.queries.js';

/** The landing page: how the fleet is, in figures. */
export function FleetPage() {
  const query = useQuery(fleetOverviewQuery);
  const asOf = query.data === undefined ? null : new Date(query.dataUpdatedAt);
  return (
    <>
      <PageHeader
        title="Fleet"
        description={
          asOf === null ? (
            '\u00A0'
          ) : (
            <>
              As of <AbsoluteTime value={asOf.toISOString()} timeZone="UTC" />. All times here are UTC.
            </>
          )
        }
      />
      <QueryContent query={query} loading={<LoadingState what="the fleet" height={560} />}>
        {(fleet) =>
          fleet.customers === 0 ? <NoCustomers /> : <Sections fleet={fleet} to={asOf?.getTime() ?? 0} />
        }
      </QueryContent>
    </>
  );
}

function Sections({ fleet, to }: { fleet: FleetOverview; to: number }) {
  return (
    <Stack gap="md">
      <FleetHealth fleet={fleet} />
      <Paper component="section" aria-label="Ingest" p="md">
        <FleetIngest fleet={fleet} to={to} />
      </Paper>
      <Paper component="section" aria-label="Energy" p="md">
        <FleetEnergy energy={fleet.energy} />
      </Paper>
      <Paper component="section" aria-labelledby="biggest-changes">
        <BiggestChanges changes={fleet.energy.biggestChanges} />
      </Paper>
    </Stack>
  );
}

function NoCustomers() {
  return (
    <Paper>
      <EmptyState Icon={IconUsersGroup} title="No customers yet">
        <p>Register a customer to get the token with which its portal pushes measurements.</p>
        <RegisterCustomer />
      </EmptyState>
    </Paper>
  );
}
