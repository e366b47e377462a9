import { Button, SegmentedControl, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useWords } from '#libs/ui';
import { ColumnSelect } from './column-select.js';
import { ChannelRow } from './mapping-channel-row.js';
import {
  withChannel,
  withChannelColumn,
  withLayout,
  withNewChannel,
  withoutChannel,
} from './mapping-draft.js';
import type { MappingFieldsProps } from './mapping-fields.js';
import { MappingSection } from './mapping-section.js';
import { importWords } from './words.js';

/** Which columns, or which lines, are which channels. */
export function MappingChannels({ mapping, sample, errors, onChange }: MappingFieldsProps) {
  const t = useWords(importWords);
  const { values } = mapping;
  return (
    <MappingSection title={t('valuesHeading')}>
      <Stack gap="sm" w="100%">
        <SegmentedControl
          aria-label={t('layout')}
          style={{ alignSelf: 'flex-start' }}
          data={[
            { value: 'wide', label: t('layoutWide') },
            { value: 'long', label: t('layoutLong') },
          ]}
          value={values.layout}
          onChange={(layout) => onChange(withLayout(mapping, layout, sample))}
        />
        {values.layout === 'long' && (
          <LongColumns mapping={mapping} sample={sample} errors={errors} onChange={onChange} />
        )}
        {values.channels.map((channel, index) => (
          <ChannelRow
            key={index}
            number={index + 1}
            channel={channel}
            sample={sample}
            errors={errors}
            onChange={(change) => onChange(withChannel(mapping, index, change))}
            onRemove={() => onChange(withoutChannel(mapping, index))}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange(withNewChannel(mapping, sample))}
        >
          {t('addChannel')}
        </Button>
      </Stack>
    </MappingSection>
  );
}

function LongColumns({ mapping, sample, errors, onChange }: MappingFieldsProps) {
  const t = useWords(importWords);
  const { values } = mapping;
  if (values.layout !== 'long') return null;
  return (
    <>
      <ColumnSelect
        label={t('channelColumn')}
        w={{ base: '100%', xs: 280 }}
        sample={sample}
        error={errors['values.channelColumn']}
        column={values.channelColumn}
        onColumn={(column) => onChange(withChannelColumn(mapping, column, sample))}
      />
      <ColumnSelect
        label={t('valueColumn')}
        w={{ base: '100%', xs: 280 }}
        sample={sample}
        error={errors['values.valueColumn']}
        column={values.valueColumn}
        onColumn={(valueColumn) => onChange({ ...mapping, values: { ...values, valueColumn } })}
      />
    </>
  );
}
