import { Button, Paper } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, ErrorState, PageHeader, UrlTabs } from '#libs/ui';
import { FileDrawer } from './file-drawer.js';
import { FilesTable } from './files-table.js';
import { importsKey, isRunning, runsQuery } from './imports.queries.js';
import { NewestRun } from './newest-run.js';
import { RunsTable } from './runs-table.js';

export function ImportsPage() {
  const runs = useQuery(runsQuery);
  const start = useStartImport();
  const running = isRunning(runs.data?.runs);
  useRefreshWhenFinished(running);
  return (
    <>
      <PageHeader title="Imports" description={<NewestRun runs={runs.data?.runs} />}>
        <Button
          leftSection={<IconFileImport size={16} aria-hidden />}
          loading={start.isPending || running}
          onClick={() => start.mutate()}
        >
          Import now
        </Button>
      </PageHeader>
      {start.isError && <ErrorState error={start.error} />}
      <Paper mt={start.isError ? 'md' : 0}>
        <UrlTabs
          label="Imports"
          parameter="show"
          tabs={[
            { value: 'files', label: 'Files', content: <FilesTable /> },
            { value: 'runs', label: 'Runs', content: <RunsTable query={runs} /> },
          ]}
        />
      </Paper>
      <FileDrawer />
    </>
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
function useRefreshWhenFinished(running: boolean): void {
  const client = useQueryClient();
  const before = useRef(running);
  useEffect(() => {
    if (before.current && !running) void client.invalidateQueries();
    before.current = running;
  }, [client, running]);
}
