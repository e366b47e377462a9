import { Select, type SelectProps } from '@mantine/core';
import type { UploadSample } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { columnCount } from './mapping-draft.js';
import { importWords } from './words.js';

/** The columns by number and, where there is one, name. */
export function useColumnNames(sample: UploadSample): { value: string; label: string }[] {
  const t = useWords(importWords);
  return Array.from({ length: columnCount(sample) }, (_, index) => {
    const number = String(index + 1);
    const name = sample.header[index] ?? '';
    return {
      value: number,
      label: name === '' ? t('columnNumber', { number }) : t('numbered', { number, name }),
    };
  });
}

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  sample: UploadSample;
  column: number;
  onColumn: (column: number) => void;
}

/** One column of the file. */
export function ColumnSelect({ sample, column, onColumn, ...props }: Props) {
  return (
    <Select
      {...props}
      data={useColumnNames(sample)}
      allowDeselect={false}
      value={String(column)}
      onChange={(chosen) => onColumn(Number(chosen))}
    />
  );
}
