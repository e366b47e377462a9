import { ActionIcon, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconZoomIn,
  IconZoomOut,
  type TablerIcon,
} from '@tabler/icons-react';
import { useWords } from '#libs/ui';
import { calendarRange, calendars, stepRange, zoomRange, type Calendar } from './chart-range.js';
import { CustomRange } from './custom-range.js';
import { rangeText } from './range-text.js';
import type { ChartView } from './use-chart-view.js';
import { chartWords } from './words.js';

interface Props {
  view: ChartView;
  timeZone: string;
  onChange: (next: Partial<ChartView>) => void;
}

/** Which time and lines the charts show. */
export function RangeControls({ view, timeZone, onChange }: Props) {
  const t = useWords(chartWords);
  const { range, by, compare } = view;
  const step = (direction: 1 | -1) => onChange({ range: stepRange(range, direction, timeZone) });
  return (
    <>
      <Group gap="xs" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('range')}
          data={[
            ...calendars.map((kind) => ({ value: kind, label: t(kind) })),
            ...(range.kind === 'custom' ? [{ value: 'custom', label: t('custom') }] : []),
          ]}
          value={range.kind}
          // The time in view stays in view: its end, as that is the newer part.
          onChange={(kind) =>
            kind !== 'custom' && onChange({ range: calendarRange(kind as Calendar, range.to - 1, timeZone) })
          }
        />
        <Group gap={2} wrap="nowrap">
          <Press Icon={IconChevronLeft} label={t('earlier')} onClick={() => step(-1)} />
          <Press Icon={IconChevronRight} label={t('later')} onClick={() => step(1)} />
          <Press
            Icon={IconZoomIn}
            label={t('zoomIn')}
            onClick={() => onChange({ range: zoomRange(range, 'in') })}
          />
          <Press
            Icon={IconZoomOut}
            label={t('zoomOut')}
            onClick={() => onChange({ range: zoomRange(range, 'out') })}
          />
          <CustomRange range={range} timeZone={timeZone} onChange={(next) => onChange({ range: next })} />
        </Group>
        <Text component="output" size="sm" fw={600} aria-live="polite">
          {rangeText(range, timeZone)}
        </Text>
      </Group>
      <Group gap="sm" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('lines')}
          data={[
            { value: 'total', label: t('byTotal') },
            { value: 'channel', label: t('byChannel') },
          ]}
          value={by}
          onChange={(value) => onChange({ by: value === 'channel' ? 'channel' : 'total' })}
        />
        <Switch
          size="xs"
          label={t('compare')}
          checked={compare}
          onChange={(event) => onChange({ compare: event.currentTarget.checked })}
        />
      </Group>
    </>
  );
}

function Press({ Icon, label, onClick }: { Icon: TablerIcon; label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="default" size={30} aria-label={label} title={label} onClick={onClick}>
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
