import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface Props {
  /** What the address holds. */
  q: string;
  label: string;
  onChange: (q: string) => void;
}

/** Tells of what is typed after a moment, and follows the address when that changes by something else. */
export function SearchField({ q, label, onChange }: Props) {
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState(q);
  const [told, setTold] = useState(q);
  const tell = useDebouncedCallback((text: string) => {
    setTold(text);
    onChange(text);
  }, 250);
  if (known !== q) {
    setKnown(q);
    if (q !== told) {
      setTold(q);
      setTyped(q);
    }
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      w={{ base: '100%', xs: 320 }}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}
