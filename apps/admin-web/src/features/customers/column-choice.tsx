import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import { customerColumns } from './customer-columns.js';

/** Headings of the columns that this browser does not show. */
export function useHiddenColumns() {
  return useLocalStorage<string[]>({ key: 'wattfleet.customers.hidden-columns', defaultValue: [] });
}

interface Props {
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

export function ColumnChoice({ hidden, onChange }: Props) {
  const toggle = (header: string) =>
    onChange(hidden.includes(header) ? hidden.filter((one) => one !== header) : [...hidden, header]);
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap="xs">
          {customerColumns.map(({ header, rowHeader }) => (
            <Checkbox
              key={header}
              size="xs"
              label={header}
              checked={rowHeader === true || !hidden.includes(header)}
              disabled={rowHeader === true}
              onChange={() => toggle(header)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
