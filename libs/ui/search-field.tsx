import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface Props {
  label: string;
  /** Shown above the field; otherwise inside of it while it is empty. */
  isLabelShown?: boolean;
  /** What the address holds. */
  value: string;
  onChange: (value: string) => void;
}

/** A search that the address keeps: told when typing pauses. */
export function SearchField({ label, isLabelShown = false, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const [told, setTold] = useState(value);
  const tell = useDebouncedCallback((text: string) => {
    setTold(text);
    onChange(text);
  }, 250);
  // The address changed by something else than typing, going back for one: only then the field follows it.
  if (known !== value) {
    setKnown(value);
    if (value !== told) {
      setTold(value);
      setTyped(value);
    }
  }
  return (
    <TextInput
      type="search"
      {...(isLabelShown ? { label } : { 'aria-label': label, placeholder: label })}
      leftSection={<IconSearch size={16} aria-hidden />}
      w={{ base: '100%', xs: isLabelShown ? 220 : 320 }}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value.trim());
      }}
    />
  );
}
