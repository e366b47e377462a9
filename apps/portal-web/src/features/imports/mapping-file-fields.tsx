import { Checkbox, NumberInput, Select, TagsInput } from '@mantine/core';
import type { ColumnMapping, CsvDialect } from '#libs/contracts';
import { useWords, type WordKey } from '#libs/ui';
import type { MappingFieldsProps } from './mapping-fields.js';
import { MappingSection } from './mapping-section.js';
import { importWords } from './words.js';

const delimiters: Record<CsvDialect['delimiter'], WordKey<typeof importWords>> = {
  ',': 'delimiterComma',
  ';': 'delimiterSemicolon',
  '\t': 'delimiterTab',
  '|': 'delimiterBar',
};

const marks: Record<ColumnMapping['decimalMark'], WordKey<typeof importWords>> = {
  '.': 'decimalPoint',
  ',': 'decimalComma',
};

const encodings: CsvDialect['encoding'][] = ['utf-8', 'windows-1252', 'utf-16le'];

interface Props extends MappingFieldsProps {
  onDialect: (change: Partial<CsvDialect>) => void;
}

/** How the file is cut into cells, and how numbers are written. */
export function MappingFileFields({ mapping, errors, onChange, onDialect }: Props) {
  const t = useWords(importWords);
  return (
    <MappingSection title={t('howItIsWritten')}>
      <Select
        label={t('delimiter')}
        w={150}
        allowDeselect={false}
        data={Object.entries(delimiters).map(([value, label]) => ({ value, label: t(label) }))}
        value={mapping.delimiter}
        onChange={(value) => onDialect({ delimiter: value as CsvDialect['delimiter'] })}
      />
      <Select
        label={t('encoding')}
        w={150}
        allowDeselect={false}
        data={encodings}
        value={mapping.encoding}
        onChange={(value) => onDialect({ encoding: value as CsvDialect['encoding'] })}
      />
      <NumberInput
        label={t('skipLines')}
        w={130}
        min={0}
        max={1_000}
        allowDecimal={false}
        hideControls
        value={mapping.skipLines}
        onChange={(value) => onDialect({ skipLines: Number(value) })}
      />
      <Select
        label={t('decimalMark')}
        w={130}
        allowDeselect={false}
        data={Object.entries(marks).map(([value, label]) => ({ value, label: t(label) }))}
        value={mapping.decimalMark}
        onChange={(value) => onChange({ ...mapping, decimalMark: value as ColumnMapping['decimalMark'] })}
      />
      <TagsInput
        label={t('noValue')}
        placeholder={t('noValueHint')}
        w={{ base: '100%', xs: 260 }}
        maxTags={10}
        error={errors['noValue']}
        value={mapping.noValue}
        onChange={(noValue) => onChange({ ...mapping, noValue })}
      />
      <Checkbox
        label={t('hasHeader')}
        mt={{ base: 0, xs: 32 }}
        checked={mapping.hasHeader}
        onChange={(event) => onDialect({ hasHeader: event.currentTarget.checked })}
      />
    </MappingSection>
  );
}
