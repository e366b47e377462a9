import { Checkbox, Text } from '@mantine/core';
import type { ChannelDetail, DeviceDetail } from '#libs/contracts';
import {
  DataTable,
  formatQuantity,
  RelativeTime,
  useHasRole,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { ChannelActions } from './channel-actions.js';
import { maxShownChannels, type Selection } from './channel-selection.js';
import { siteEditors } from './editor-button.js';
import { siteWords } from './words.js';

interface Props {
  device: DeviceDetail;
  timeZone: string;
  selection: Selection;
}

/** The channels of a device: which of them the chart shows, and what they said last. */
export function ChannelTable({ device, timeZone, selection }: Props) {
  const t = useWords(siteWords);
  const mayChange = useHasRole(siteEditors);
  return (
    <DataTable
      label={t('channelsOf', { serial: device.serial })}
      columns={[...columns({ device, timeZone, selection }, t), ...(mayChange ? [actionsColumn(t)] : [])]}
      rows={device.channels}
      rowKey={({ id }) => id}
      compact
    />
  );
}

function columns(
  { device, timeZone, selection }: Props,
  t: Translate<typeof siteWords>,
): Column<ChannelDetail>[] {
  const shown = new Set(selection.shown.map(({ channel }) => channel.id));
  return [
    {
      header: t('chart'),
      cell: ({ id, label }) => (
        <Checkbox
          size="xs"
          aria-label={t('showInChart', { serial: device.serial, label })}
          checked={shown.has(id)}
          disabled={!shown.has(id) && shown.size >= maxShownChannels}
          onChange={() => selection.toggle(id)}
        />
      ),
    },
    {
      header: t('channel'),
      rowHeader: true,
      cell: ({ label, name }) => <ChannelName label={label} name={name} />,
    },
    {
      header: t('lastValue'),
      numeric: true,
      cell: ({ lastValue, lastTime, unit }) => (
        <>
          {formatQuantity(lastValue, unit)}
          <Text size="xs" c="dimmed">
            <RelativeTime short value={lastTime} timeZone={timeZone} otherwise={t('noData')} />
          </Text>
        </>
      ),
    },
  ];
}

function actionsColumn(t: Translate<typeof siteWords>): Column<ChannelDetail> {
  return { header: t('actions'), numeric: true, cell: (channel) => <ChannelActions channel={channel} /> };
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
