import { Anchor, Checkbox, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { ChannelDetail, DeviceDetail, SiteDetail } from '#libs/contracts';
import { DataTable, EmptyState, formatQuantity, RelativeTime, type Column } from '#libs/ui';
import { maxShownChannels, type SiteChannel } from './channel-selection.js';
import styles from './site-page.module.css';

interface Selection {
  shown: readonly SiteChannel[];
  toggle: (channelId: string) => void;
  deviceSerial: string | null;
}

export function DeviceList({ site, selection }: { site: SiteDetail; selection: Selection }) {
  const { deviceSerial } = selection;
  const unknown = deviceSerial !== null && !site.devices.some(({ serial }) => serial === deviceSerial);
  return (
    <Stack component="section" aria-label="Devices" gap="md">
      {unknown && (
        <Text size="sm" c="var(--warning)" role="alert">
          There is no device {deviceSerial} at this site.
        </Text>
      )}
      {site.devices.length === 0 && (
        <Paper>
          <EmptyState Icon={IconCpu} title="No devices yet">
            Devices appear with the first meter file of this site.
          </EmptyState>
        </Paper>
      )}
      {site.devices.map((device) => (
        <DevicePanel key={device.id} device={device} timeZone={site.timeZone} selection={selection} />
      ))}
    </Stack>
  );
}

interface PanelProps {
  device: DeviceDetail;
  timeZone: string;
  selection: Selection;
}

function DevicePanel({ device, timeZone, selection }: PanelProps) {
  const current = selection.deviceSerial === device.serial;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <Paper
      ref={panel}
      component="section"
      aria-label={`Device ${device.serial}`}
      className={styles.device}
      data-current={current}
    >
      <div className={styles.deviceHead}>
        <Title order={2}>
          <Anchor component={Link} to={`?device=${encodeURIComponent(device.serial)}`} inherit replace>
            {device.serial}
          </Anchor>
        </Title>
        <Text size="xs" c="dimmed">
          {device.masterSerial === null ? 'Master' : `Slave of ${device.masterSerial}`}
        </Text>
      </div>
      <DataTable
        label={`Channels of ${device.serial}`}
        columns={channelColumns(device, timeZone, selection)}
        rows={device.channels}
        rowKey={({ id }) => id}
        compact
      />
    </Paper>
  );
}

function channelColumns(
  device: DeviceDetail,
  timeZone: string,
  selection: Selection,
): Column<ChannelDetail>[] {
  const shown = new Set(selection.shown.map(({ channel }) => channel.id));
  return [
    {
      header: 'Chart',
      cell: ({ id, label }) => (
        <Checkbox
          size="xs"
          aria-label={`Show ${device.serial} ${label} in the chart`}
          checked={shown.has(id)}
          disabled={!shown.has(id) && shown.size >= maxShownChannels}
          onChange={() => selection.toggle(id)}
        />
      ),
    },
    {
      header: 'Channel',
      rowHeader: true,
      cell: ({ label, name }) => <ChannelName label={label} name={name} />,
    },
    { header: 'Last value', numeric: true, cell: ({ lastValue, unit }) => formatQuantity(lastValue, unit) },
    {
      header: 'Last time',
      numeric: true,
      cell: ({ lastTime }) => <RelativeTime value={lastTime} timeZone={timeZone} />,
    },
  ];
}

function ChannelName({ label, name }: { label: string; name: string }) {
  if (name === '' || name === label) return label;
  return (
    <>
      {label}{' '}
      <Text span inherit c="dimmed" fw={400}>
        {name}
      </Text>
    </>
  );
}
