import { Group, TextInput } from '@mantine/core';
import { useWords } from '#libs/ui';
import type { Period } from './period.js';
import { importWords } from './words.js';

/** From one day to another, both included. */
export function PeriodInputs({
  from,
  to,
  onChange,
}: Period & { onChange: (change: Partial<Period>) => void }) {
  const t = useWords(importWords);
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        type="date"
        label={t('from')}
        max={to}
        value={from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('to')}
        min={from}
        value={to}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </Group>
  );
}
