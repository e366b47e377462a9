import { Group, Pagination } from '@mantine/core';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

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
  const t = useWords(uiWords);
  if (total <= pageSize) return null;
  return (
    <Group component="nav" aria-label={label} justify="center" p="sm">
      <Pagination
        size="sm"
        total={Math.ceil(total / pageSize)}
        value={page}
        onChange={onChange}
        getControlProps={(control) => ({ 'aria-label': t(`${control}Page`) })}
        getItemProps={(number) => ({ 'aria-label': t('page', { page: number }) })}
      />
    </Group>
  );
}
