import { ColorInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#libs/ui';
import { brandingWords } from './words.js';

interface Props {
  label: string;
  /** Where the colour is used, and what an empty field means. */
  use: string;
  disabled: boolean;
  value?: string;
  error?: ReactNode;
  onChange: (value: string) => void;
}

const swatches = [
  '#0c4a6e',
  '#0e7490',
  '#15803d',
  '#4d7c0f',
  '#b45309',
  '#b91c1c',
  '#9d174d',
  '#6d28d9',
  '#1e293b',
];

/** A colour by its number, from the picker, or from the screen; empty for none. */
export function ColorField({ label, use, ...input }: Props) {
  const t = useWords(brandingWords);
  return (
    <ColorInput
      label={label}
      description={use}
      format="hex"
      fixOnBlur={false}
      swatches={swatches}
      swatchesPerRow={9}
      eyeDropperButtonProps={{ 'aria-label': t('pickFromScreen') }}
      // The picker closes when the field is left, and only then.
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
      {...input}
    />
  );
}
