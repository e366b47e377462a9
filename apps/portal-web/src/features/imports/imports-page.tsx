import { Button, Paper, Tabs } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { api, ErrorState, PageHeader } from '#libs/ui';
import { FileDrawer } from './file-drawer.js';
import { FilesTable } from './files-table.js';
import { importsKey, isRunning, runsQuery } from './imports.queries.js';
import { NewestRun } from './newest-run.js';
import { RunsTable } from './runs-table.js';

export function ImportsPage() {
  const [params, setParams] = useSearchParams();
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
        <Tabs
          value={params.get('show') ?? 'files'}
          onChange={(tab) => setParams(tab === 'runs' ? { show: tab } : {}, { replace: true })}
          keepMounted={false}
        >
          <Tabs.List aria-label="Imports">
            <Tabs.Tab value="files">Files</Tabs.Tab>
            <Tabs.Tab value="runs">Runs</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="files">
            <FilesTable />
          </Tabs.Panel>
          <Tabs.Panel value="runs">
            <RunsTable query={runs} />
          </Tabs.Panel>
        </Tabs>
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
