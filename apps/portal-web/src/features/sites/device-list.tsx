import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCpu, IconPlus } from '@tabler/icons-react';
import type { DeviceDetail, NewDevice, SiteDetail } from '#libs/contracts';
import { api, Dialog, EmptyState, useDialog, useWords } from '#libs/ui';
import { EditorButton } from './editor-button.js';
import type { Selection } from './channel-selection.js';
import { DeviceForm } from './device-form.js';
import { DevicePanel } from './device-panel.js';
import { sitePath, sitesKey } from './sites.queries.js';
import { siteWords } from './words.js';

/** The devices of a site, slave modules under their master. */
export function DeviceList({ site, selection }: { site: SiteDetail; selection: Selection }) {
  const t = useWords(siteWords);
  const { deviceSerial } = selection;
  const unknown = deviceSerial !== null && !site.devices.some(({ serial }) => serial === deviceSerial);
  return (
    <Stack component="section" aria-label={t('devicesHeading')} gap="md">
      <Group justify="space-between">
        <Title order={2}>{t('devicesHeading')}</Title>
        <AddDevice siteId={site.id} devices={site.devices} />
      </Group>
      {unknown && (
        <Text size="sm" c="var(--warning)" role="alert">
          {t('noSuchDevice', { serial: deviceSerial })}
        </Text>
      )}
      {site.devices.length === 0 && (
        <Paper>
          <EmptyState Icon={IconCpu} title={t('noDevices')}>
            {t('noDevicesText')}
          </EmptyState>
        </Paper>
      )}
      {site.devices.map((device) => (
        <DevicePanel key={device.id} device={device} site={site} selection={selection} />
      ))}
    </Stack>
  );
}

function AddDevice({ siteId, devices }: { siteId: string; devices: readonly DeviceDetail[] }) {
  const t = useWords(siteWords);
  const dialog = useDialog({
    run: (body: NewDevice) => api.post(sitePath(siteId, '/devices'), body),
    refreshes: sitesKey,
  });
  return (
    <>
      <EditorButton
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={dialog.open}
      >
        {t('addDevice')}
      </EditorButton>
      <Dialog dialog={dialog} title={t('addDevice')}>
        <DeviceForm dialog={dialog} label={t('addDevice')} action={t('create')} devices={devices} />
      </Dialog>
    </>
  );
}
