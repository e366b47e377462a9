import { IconColumns3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ImportMapping } from '#libs/contracts';
import {
  AdminButton,
  api,
  ConfirmDialog,
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  useDialog,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { importers } from './importers.js';
import { importsKey, mappingsQuery } from './imports.queries.js';
import { importWords } from './words.js';

const columns = (t: Translate<typeof importWords>): Column<ImportMapping>[] => [
  { header: t('name'), rowHeader: true, cell: ({ name }) => name },
  { header: t('device'), cell: ({ mapping }) => mapping.device },
  {
    header: t('channelCount'),
    numeric: true,
    cell: ({ mapping }) => formatCount(mapping.values.channels.length),
  },
  { header: t('columnsHeading'), wrap: true, cell: ({ header }) => header.join(', ') || missing },
  { header: t('collects'), wrap: true, cell: ({ files }) => files ?? missing },
  { header: t('savedBy'), cell: ({ savedBy }) => savedBy },
  { header: t('saved'), cell: ({ savedAt }) => <RelativeTime value={savedAt} /> },
  { header: t('removeMapping'), cell: (mapping) => <Remove mapping={mapping} /> },
];

/** Mappings that were saved, and are found again by the names of the columns. */
export function MappingsTable() {
  const t = useWords(importWords);
  const query = useQuery(mappingsQuery);
  return (
    <QueryContent query={query} loading={<LoadingState what={t('theMappings')} rows={4} />}>
      {({ mappings }) =>
        mappings.length === 0 ? (
          <EmptyState Icon={IconColumns3} title={t('noMappings')}>
            {t('noMappingsHint')}
          </EmptyState>
        ) : (
          <DataTable
            label={t('savedMappings')}
            columns={columns(t)}
            rows={mappings}
            rowKey={({ id }) => id}
          />
        )
      }
    </QueryContent>
  );
}

function Remove({ mapping: { id, name } }: { mapping: ImportMapping }) {
  const t = useWords(importWords);
  const dialog = useDialog({
    run: () => api.delete(`/api/imports/mappings/${encodeURIComponent(id)}`),
    refreshes: importsKey,
  });
  return (
    <>
      <AdminButton variant="default" size="compact-xs" roles={importers} onClick={dialog.open}>
        {t('removeMapping')}
      </AdminButton>
      <ConfirmDialog
        dialog={dialog}
        title={t('removeMappingAsk', { name })}
        action={t('removeMapping')}
        danger
      >
        {t('removeMappingEffect')}
      </ConfirmDialog>
    </>
  );
}
