import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import { IconWaveSine } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { DeviceDetail, SiteDetail } from '#libs/contracts';
import { EmptyState, RelativeTime, useWords } from '#libs/ui';
import { formatPower } from '../measurements/power-format.js';
import type { Selection } from './channel-selection.js';
import { ChannelTable } from './channel-table.js';
import { DeviceDeliveryLine } from './device-delivery.js';
import { DeviceActions } from './device-actions.js';
import { siteWords } from './words.js';
import styles from './site-page.module.css';

interface Props {
  device: DeviceDetail;
  site: SiteDetail;
  selection: Selection;
}

/** One device with its channels. */
export function DevicePanel({ device, site, selection }: Props) {
  const t = useWords(siteWords);
  const { serial, name, masterSerial } = device;
  const current = selection.deviceSerial === serial;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <Paper
      ref={panel}
      component="section"
      aria-label={t('device', { serial })}
      className={styles.device}
      data-current={current}
      data-slave={masterSerial !== null}
    >
      <div className={styles.deviceHead}>
        <div>
          <Title order={3} size="h2">
            <Anchor component={Link} to={`?device=${encodeURIComponent(serial)}`} inherit replace>
              {serial}
            </Anchor>
          </Title>
          {name !== '' && <Text size="sm">{name}</Text>}
          <Text size="xs" c="dimmed">
            {masterSerial === null ? t('master') : t('slaveOf', { serial: masterSerial })}
          </Text>
          {device.delivery !== null && (
            <DeviceDeliveryLine delivery={device.delivery} timeZone={site.timeZone} />
          )}
        </div>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Text size="xs" c="dimmed" ta="end" component="div">
            {formatPower(device.lastPowerW)}
            <br />
            <RelativeTime short value={device.lastTime} timeZone={site.timeZone} otherwise={t('noData')} />
          </Text>
          <DeviceActions device={device} devices={site.devices} />
        </Group>
      </div>
      {device.channels.length === 0 ? (
        <EmptyState Icon={IconWaveSine} title={t('noChannels')}>
          {t('noChannelsText')}
        </EmptyState>
      ) : (
        <ChannelTable device={device} timeZone={site.timeZone} selection={selection} />
      )}
    </Paper>
  );
}
