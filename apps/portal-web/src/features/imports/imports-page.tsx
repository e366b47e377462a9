import { Paper } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ImportRunSummary } from '#libs/contracts';
import { AdminButton, api, ErrorState, LoadingState, PageHeader, UrlTabs, useWords } from '#libs/ui';
import { FileDrawer } from './file-drawer.js';
import { FilesTable } from './files-table.js';
import { importers } from './importers.js';
import { importsKey, isRunning, newestRunQuery, sourcesQuery, uploadsQuery } from './imports.queries.js';
import { MappingsTable } from './mappings-table.js';
import { NewestRun } from './newest-run.js';
import { RunDrawer } from './run-drawer.js';
import { RunsTable } from './runs-table.js';
import { SourceList } from './source-list.js';
import { UploadArea } from './upload-area.js';
import { importWords } from './words.js';

export function ImportsPage() {
  const t = useWords(importWords);
  const newest = useQuery(newestRunQuery);
  const uploads = useQuery(uploadsQuery);
  // All of it at once, or what comes later would push away what is there.
  const sources = useQuery(sourcesQuery);
  const isPending = newest.isPending || uploads.isPending || sources.isPending;
  const start = useStartImport();
  const running = isRunning(newest.data?.runs[0]);
  useRefreshWhenFinished(newest.data);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={<NewestRun runs={isPending ? undefined : newest.data?.runs} />}
      >
        <AdminButton
          variant="default"
          roles={importers}
          leftSection={<IconFileImport size={16} aria-hidden />}
          loading={start.isPending || running}
          onClick={() => start.mutate()}
        >
          {t('importNow')}
        </AdminButton>
      </PageHeader>
      {start.isError && <ErrorState error={start.error} />}
      {isPending ? (
        <LoadingState what={t('theFiles')} rows={12} />
      ) : (
        <>
          <SourceList sources={sources.data?.sources ?? []} />
          <UploadArea uploads={uploads} />
          <History newestId={newest.data?.runs[0]?.id} />
        </>
      )}
      <FileDrawer />
      <RunDrawer />
    </>
  );
}

function History({ newestId }: { newestId: string | undefined }) {
  const t = useWords(importWords);
  return (
    <Paper>
      <UrlTabs
        label={t('title')}
        parameter="show"
        tabs={[
          { value: 'files', label: t('files'), content: <FilesTable /> },
          { value: 'runs', label: t('runs'), content: <RunsTable newestId={newestId} /> },
          { value: 'mappings', label: t('mappings'), content: <MappingsTable /> },
        ]}
      />
    </Paper>
  );
}

function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/api/imports/runs'),
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
}

/** What a run brought appears when it ends: files here, sites and measurements elsewhere. */
function useRefreshWhenFinished(newest: { runs: readonly ImportRunSummary[] } | undefined): void {
  const client = useQueryClient();
  const [run] = newest?.runs ?? [];
  // A short run may have ended before it was ever seen under way.
  const ended = newest === undefined ? undefined : isRunning(run) ? 'running' : (run?.id ?? 'none');
  const before = useRef(ended);
  useEffect(() => {
    if (before.current !== undefined && ended !== 'running' && before.current !== ended) {
      void client.invalidateQueries();
    }
    before.current = ended;
  }, [client, ended]);
}
