import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { CustomerSort } from '#libs/contracts';
import { withQuery } from '#libs/ui';
import { ColumnChoice } from './column-choice.js';
import { customerSorts, viewQuery, type CustomersView } from './customers-view.js';

interface Props {
  view: CustomersView;
  onChange: (change: Partial<CustomersView>) => void;
  hiddenColumns: readonly string[];
  onHiddenColumns: (hidden: string[]) => void;
}

/** Search, order (on a phone, where the table has no headings), columns and export. */
export function CustomersToolbar({ view, onChange, hiddenColumns, onHiddenColumns }: Props) {
  const { page: _, ...query } = viewQuery(view);
  return (
    <Group gap="xs" align="flex-end">
      <Search q={view.q} onChange={(q) => onChange({ q })} />
      <SortSelect view={view} onChange={onChange} />
      <Group gap="xs" ml="auto">
        <ColumnChoice hidden={hiddenColumns} onChange={onHiddenColumns} />
        <Button
          component="a"
          href={withQuery('/api/customers/export.csv', query)}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Export CSV
        </Button>
      </Group>
    </Group>
  );
}

function Search({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState(q);
  const [told, setTold] = useState(q);
  const tell = useDebouncedCallback((text: string) => {
    setTold(text);
    onChange(text);
  }, 250);
  // The address changed by something else than typing, going back for one: only then the field follows it.
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
      aria-label="Search code or name"
      placeholder="Search code or name"
      leftSection={<IconSearch size={16} aria-hidden />}
      w={{ base: '100%', xs: 280 }}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

const orders = Object.entries(customerSorts).flatMap(([sort, label]) => [
  { value: `${sort} asc`, label: `${label}, ascending` },
  { value: `${sort} desc`, label: `${label}, descending` },
]);

function SortSelect({ view, onChange }: Pick<Props, 'view' | 'onChange'>) {
  return (
    <Select
      label="Sort by"
      hiddenFrom="sm"
      w="100%"
      data={orders}
      allowDeselect={false}
      value={`${view.sort} ${view.order}`}
      onChange={(value) => {
        const [sort, order] = (value ?? '').split(' ');
        onChange({ sort: sort as CustomerSort, order: order === 'desc' ? 'desc' : 'asc' });
      }}
    />
  );
}
