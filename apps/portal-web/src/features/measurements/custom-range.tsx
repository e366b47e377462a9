import { ActionIcon, Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { useWords } from '#libs/ui';
import { customRange, instantOfText, maxRangeDays, wallClockText, type ChartRange } from './chart-range.js';
import { chartWords } from './words.js';

interface Props {
  range: ChartRange;
  timeZone: string;
  onChange: (range: ChartRange) => void;
}

/** Begin and end by the site's wall clock. */
export function CustomRange({ range, timeZone, onChange }: Props) {
  const t = useWords(chartWords);
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover opened={opened} onDismiss={close} position="bottom" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('custom')}
          title={t('custom')}
          aria-expanded={opened}
          onClick={toggle}
        >
          <IconCalendar size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('custom')}>
        {opened && (
          <RangeForm
            range={range}
            timeZone={timeZone}
            onChange={(next) => {
              close();
              onChange(next);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

const dayMs = 86_400_000;

function RangeForm({ range, timeZone, onChange }: Props) {
  const t = useWords(chartWords);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { from: wallClockText(range.from, timeZone), to: wallClockText(range.to, timeZone) },
    validate: {
      from: (value) => (instantOfText(value, timeZone) === undefined ? t('enterTime') : null),
      to: (value, values) => {
        const [from, to] = [instantOfText(values.from, timeZone), instantOfText(value, timeZone)];
        if (to === undefined) return t('enterTime');
        if (from !== undefined && to <= from) return t('endsBefore');
        const isLong = from !== undefined && to - from > maxRangeDays * dayMs;
        return isLong ? t('tooLong', { days: maxRangeDays }) : null;
      },
    },
  });
  const submit = form.onSubmit((values) => {
    const [from, to] = [instantOfText(values.from, timeZone), instantOfText(values.to, timeZone)];
    if (from !== undefined && to !== undefined) onChange(customRange(from, to));
  });
  return (
    <form onSubmit={submit} noValidate aria-label={t('custom')}>
      <Stack gap="xs">
        <TextInput
          type="datetime-local"
          label={t('from')}
          key={form.key('from')}
          {...form.getInputProps('from')}
        />
        <TextInput type="datetime-local" label={t('to')} key={form.key('to')} {...form.getInputProps('to')} />
        <Text size="xs" c="dimmed">
          {t('inZone', { zone: timeZone })}
        </Text>
        <Button type="submit" size="xs">
          {t('apply')}
        </Button>
      </Stack>
    </form>
  );
}
