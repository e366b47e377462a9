import { MultiSelect, Pill, type MultiSelectProps } from '@mantine/core';
import { useWords } from '#libs/ui';
import { tariffWords } from './words.js';

/** Mantine's choice of several, with names for its small buttons. */
export function LabelledMultiSelect(props: Omit<MultiSelectProps, 'renderPill' | 'clearButtonProps'>) {
  const t = useWords(tariffWords);
  return (
    <MultiSelect
      {...props}
      clearButtonProps={{ 'aria-label': t('clear') }}
      renderPill={({ option, onRemove }) => (
        <Pill
          withRemoveButton
          onRemove={() => onRemove?.()}
          removeButtonProps={{ 'aria-label': t('removeOf', { name: option.label }) }}
        >
          {option.label}
        </Pill>
      )}
    />
  );
}
