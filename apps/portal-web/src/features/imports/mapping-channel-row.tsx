import { ActionIcon, Group, NumberInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { UploadSample } from '#libs/contracts';
import { useWords, type WordKey } from '#libs/ui';
import { ColumnSelect } from './column-select.js';
import type { DraftChannel } from './mapping-draft.js';
import { importWords } from './words.js';

interface Props {
  /** From 1. */
  number: number;
  channel: DraftChannel;
  sample: UploadSample;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<DraftChannel>) => void;
  onRemove: () => void;
}

/** One channel: where it stands in the file, and what it is. */
export function ChannelRow({ number, channel, sample, errors, onChange, onRemove }: Props) {
  const t = useWords(importWords);
  const error = (field: string) => errors[`values.channels.${String(number - 1)}.${field}`];
  // Once, above the first of them.
  const heading = (text: WordKey<typeof importWords>) => (number === 1 ? t(text) : undefined);
  const { column, key, label, name, unit, factor } = channel;
  return (
    <Group gap="xs" align="flex-end">
      {column === undefined ? (
        <TextInput
          aria-label={t('keyOf', { number })}
          label={heading('channelText')}
          w={200}
          maxLength={256}
          error={error('key')}
          value={key ?? ''}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
      ) : (
        <ColumnSelect
          aria-label={t('columnOf', { number })}
          label={heading('column')}
          w={200}
          sample={sample}
          error={error('column')}
          column={column}
          onColumn={(chosen) => onChange({ column: chosen })}
        />
      )}
      <TextInput
        aria-label={t('labelOf', { number })}
        label={heading('label')}
        w={90}
        maxLength={64}
        error={error('label')}
        value={label}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('nameOf', { number })}
        label={heading('name')}
        w={180}
        maxLength={256}
        error={error('name')}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('unitOf', { number })}
        label={heading('unit')}
        w={80}
        maxLength={32}
        error={error('unit')}
        value={unit}
        onChange={(event) => onChange({ unit: event.currentTarget.value })}
      />
      <NumberInput
        aria-label={t('factorOf', { number })}
        label={heading('factor')}
        w={100}
        hideControls
        error={error('factor')}
        value={factor}
        onChange={(value) => onChange({ factor: Number(value) })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        mb={4}
        aria-label={t('removeChannel', { number })}
        onClick={onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
