import { Group, Pagination } from '@mantine/core';

interface Props {
  /** Accessible name: `Pages of files`. */
  label: string;
  total: number;
  pageSize: number;
  page: number;
  onChange: (page: number) => void;
}

/** The pages of a list that the server pages; nothing while one page holds it all. */
export function Pages({ label, total, pageSize, page, onChange }: Props) {
  if (total <= pageSize) return null;
  return (
    <Group component="nav" aria-label={label} justify="center" p="sm">
      <Pagination
        size="sm"
        total={Math.ceil(total / pageSize)}
        value={page}
        onChange={onChange}
        getControlProps={(control) => ({ 'aria-label': `${control} page` })}
        getItemProps={(number) => ({ 'aria-label': `Page ${String(number)}` })}
      />
    </Group>
  );
}
