import { Accordion, Box, Group, Stack, Text, Title } from '@mantine/core';
import { IconBuildingFactory2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CustomerSite } from '#libs/contracts';
import { DataTable, EmptyState, formatCounted, LoadingState, QueryContent, type Column } from '#libs/ui';
import { customerSitesQuery } from './customers.queries.js';

type Device = CustomerSite['devices'][number];
type Channel = Device['channels'][number];

const columns: Column<Channel>[] = [
  { header: 'Channel', rowHeader: true, cell: ({ label }) => label },
  { header: 'Name', wrap: true, cell: ({ name }) => name },
  { header: 'Quantity', cell: ({ quantity }) => quantity },
  { header: 'Unit', cell: ({ unit }) => unit },
];

/** What the customer's portal measures: sites, their devices, and the channels of each. */
export function CustomerSites({ code }: { code: string }) {
  const query = useQuery(customerSitesQuery(code));
  return (
    <QueryContent query={query} loading={<LoadingState what="sites" rows={8} />}>
      {({ sites }) =>
        sites.length === 0 ? (
          <EmptyState Icon={IconBuildingFactory2} title="No sites yet">
            Sites, devices and channels come with the pushes of the customer&rsquo;s portal.
          </EmptyState>
        ) : (
          <Stack gap="lg" p="md">
            {sites.map((site) => (
              <Site key={site.id} site={site} />
            ))}
          </Stack>
        )
      }
    </QueryContent>
  );
}

function Site({ site }: { site: CustomerSite }) {
  const channels = site.devices.reduce((sum, device) => sum + device.channels.length, 0);
  const serials = new Map(site.devices.map(({ id, serial }) => [id, serial]));
  const only = site.devices.length === 1 ? site.devices.map(({ id }) => id) : [];
  return (
    <Box component="section" aria-label={`Site ${site.name}`}>
      <Group gap="xs" align="baseline" mb="xs">
        <Title order={2}>{site.name}</Title>
        <Text size="sm" c="dimmed">
          {site.timeZone} · {formatCounted(site.devices.length, 'device')} ·{' '}
          {formatCounted(channels, 'channel')}
        </Text>
      </Group>
      <Accordion multiple variant="contained" order={3} defaultValue={only}>
        {site.devices.map((device) => (
          <Accordion.Item key={device.id} value={device.id}>
            <Accordion.Control>
              <DeviceTitle device={device} masterSerial={serials.get(device.masterId ?? '')} />
            </Accordion.Control>
            <Accordion.Panel>
              <DataTable
                label={`Channels of ${device.serial}`}
                columns={columns}
                rows={device.channels}
                rowKey={({ id }) => id}
                compact
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Box>
  );
}

function DeviceTitle({ device, masterSerial }: { device: Device; masterSerial: string | undefined }) {
  return (
    <>
      <Text span fw={600} size="sm">
        {device.serial}
      </Text>{' '}
      <Text span size="sm" c="dimmed">
        {masterSerial === undefined ? 'Master' : `Slave of ${masterSerial}`} ·{' '}
        {formatCounted(device.channels.length, 'channel')}
      </Text>
    </>
  );
}
