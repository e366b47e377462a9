import { MultiSelect, Pill, type ComboboxItem, type MultiSelectProps } from '@mantine/core';
import { useWords } from '#libs/ui';
import { tariffWords } from './words.js';

/** Mantine's choice of several, with names for its small buttons. */
export function LabelledMultiSelect(props: Omit<MultiSelectProps, 'renderPill' | 'clearButtonProps'>) {
  const t = useWords(tariffWords);
  return (
    <MultiSelect
      {...props}
      clearButtonProps={{ 'aria-label': t('clear') }}
      renderPill={({ option, onRemove }) => {
        // For a value that is not among the choices, or not yet, Mantine has none, whatever its type says.
        const name = (option as ComboboxItem | undefined)?.label ?? '…';
        return (
          <Pill
            withRemoveButton
            onRemove={() => onRemove?.()}
            removeButtonProps={{ 'aria-label': t('removeOf', { name }) }}
          >
            {name}
          </Pill>
        );
      }}
    />
  );
}
