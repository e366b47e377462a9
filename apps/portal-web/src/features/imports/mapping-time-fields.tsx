import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useWords } from '#libs/ui';
import { useColumnNames } from './column-select.js';
import type { MappingFieldsProps } from './mapping-fields.js';
import { MappingSection } from './mapping-section.js';
import { importWords } from './words.js';

const commonFormats = [
  'iso',
  'DD/MM/YYYY HH:mm',
  'DD/MM/YYYY HH:mm:ss',
  'DD.MM.YYYY HH:mm',
  'DD.MM.YYYY HH:mm:ss',
  'MM/DD/YYYY HH:mm',
  'M/D/YYYY h:mm A',
  'YYYY/MM/DD HH:mm',
  'unix',
  'unix-ms',
];

const timeZones = Intl.supportedValuesOf('timeZone');

/** Whose values they are, and when they were measured. */
export function MappingTimeFields({ mapping, sample, errors, onChange }: MappingFieldsProps) {
  const t = useWords(importWords);
  const columns = useColumnNames(sample);
  const { time } = mapping;
  const set = (change: Partial<typeof time>) => onChange({ ...mapping, time: { ...time, ...change } });
  const zones = timeZones.includes(time.timeZone) ? timeZones : [time.timeZone, ...timeZones];
  return (
    <MappingSection title={t('times')}>
      <TextInput
        label={t('deviceSerial')}
        description={t('deviceHint')}
        required
        w={180}
        maxLength={64}
        error={errors['device']}
        value={mapping.device}
        onChange={(event) => onChange({ ...mapping, device: event.currentTarget.value.trim() })}
      />
      <MultiSelect
        label={t('timeColumns')}
        description={t('timeColumnsHint')}
        w={{ base: '100%', xs: 280 }}
        data={columns}
        maxValues={2}
        error={errors['time.columns']}
        value={time.columns.map(String)}
        onChange={(chosen) => set({ columns: chosen.map(Number) })}
      />
      <TagsInput
        label={t('timeFormats')}
        description={t('timeFormatsHint')}
        w={{ base: '100%', xs: 320 }}
        data={commonFormats}
        maxTags={5}
        error={firstError(errors, 'time.formats')}
        value={time.formats}
        onChange={(formats) => set({ formats })}
      />
      <Select
        label={t('timeZone')}
        w={220}
        data={zones}
        searchable
        allowDeselect={false}
        error={errors['time.timeZone']}
        value={time.timeZone}
        onChange={(timeZone) => set({ timeZone: timeZone ?? time.timeZone })}
      />
      <NumberInput
        label={t('shift')}
        description={t('shiftHint')}
        w={{ base: '100%', xs: 260 }}
        min={-86_400}
        max={86_400}
        allowDecimal={false}
        hideControls
        error={errors['time.shiftSeconds']}
        value={time.shiftSeconds}
        onChange={(value) => set({ shiftSeconds: Number(value) })}
      />
    </MappingSection>
  );
}

/** Of a list, the first thing that is wrong with it or with one of its items. */
function firstError(errors: MappingFieldsProps['errors'], path: string): string | undefined {
  return Object.entries(errors).find(([name]) => name === path || name.startsWith(`${path}.`))?.[1];
}
