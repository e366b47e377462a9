import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnMapping } from '#libs/contracts';
import { useWords } from '#libs/ui';
import { mappingsQuery } from './imports.queries.js';
import { importWords } from './words.js';

/** One that was saved, to begin with. */
export function SavedMappings({ onChoose }: { onChoose: (mapping: ColumnMapping) => void }) {
  const t = useWords(importWords);
  const { data } = useQuery(mappingsQuery);
  if (data === undefined || data.mappings.length === 0) return null;
  return (
    <Select
      label={t('savedMapping')}
      w={{ base: '100%', xs: 320 }}
      data={data.mappings.map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      value={null}
      onChange={(id) => {
        const saved = data.mappings.find((mapping) => mapping.id === id);
        if (saved !== undefined) onChoose(saved.mapping);
      }}
    />
  );
}
