import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ImportFileDetail, ImportFileSummary, ImportRunSummary } from '#libs/contracts';
import { api } from '#libs/ui';

export const importsKey = ['imports'] as const;
export const filesPerPage = 50;

const whileRunningMs = 1_500;
const refreshMs = 30_000;
const hourMs = 3_600_000;

export type RunState = 'running' | 'finished' | 'interrupted';

/** Runs come newest first, one at a time: an open one that is not the newest, or very old, lost its process. */
export function runState(run: ImportRunSummary, newest: boolean, now: Date): RunState {
  if (run.finishedAt !== null) return 'finished';
  const recent = now.getTime() - new Date(run.startedAt).getTime() < hourMs;
  return newest && recent ? 'running' : 'interrupted';
}

export function isRunning(runs: readonly ImportRunSummary[] | undefined): boolean {
  const [newest] = runs ?? [];
  return newest !== undefined && runState(newest, true, new Date()) === 'running';
}

export const runsQuery = queryOptions({
  queryKey: [...importsKey, 'runs'],
  queryFn: ({ signal }) => api.get<{ runs: ImportRunSummary[] }>('/api/imports/runs', { signal }),
  refetchInterval: ({ state }) => (isRunning(state.data?.runs) ? whileRunningMs : refreshMs),
});

export function filesQuery(page: number) {
  return queryOptions({
    queryKey: [...importsKey, 'files', page],
    queryFn: ({ signal }) =>
      api.get<{ files: ImportFileSummary[]; total: number }>('/api/imports/files', {
        query: { page, pageSize: filesPerPage },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

export function fileQuery(id: string) {
  return queryOptions({
    queryKey: [...importsKey, 'file', id],
    queryFn: ({ signal }) =>
      api.get<ImportFileDetail>(`/api/imports/files/${encodeURIComponent(id)}`, { signal }),
  });
}
