import { Button, Group, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { CustomerSort } from '#libs/contracts';
import { SearchField, withQuery } from '#libs/ui';
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
      <SearchField label="Search code or name" value={view.q} onChange={(q) => onChange({ q })} />
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
