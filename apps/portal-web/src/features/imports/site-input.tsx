import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { knownSitesQuery } from './imports.queries.js';

interface Props {
  label?: string;
  description?: string;
  'aria-label'?: string;
  size?: 'xs' | 'sm';
  value: string;
  onChange: (site: string) => void;
  /** When a choice has been made, or the field is left. */
  onDone?: (site: string) => void;
}

/** One of the sites that there are, or the name of a new one. */
export function SiteInput({ value, onChange, onDone, ...props }: Props) {
  const { data = [] } = useQuery(knownSitesQuery);
  return (
    <Autocomplete
      {...props}
      w={{ base: '100%', xs: 260 }}
      data={data.map(({ slug }) => slug)}
      maxLength={100}
      value={value}
      onChange={onChange}
      onOptionSubmit={(site) => onDone?.(site)}
      onBlur={() => onDone?.(value.trim())}
    />
  );
}
