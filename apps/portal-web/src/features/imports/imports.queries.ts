import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  ImportChoices,
  ImportFileDetail,
  ImportFileSummary,
  ImportMapping,
  ImportRunDetail,
  ImportRunSummary,
  ImportSources,
  ImportUploadList,
  SiteSummary,
} from '#libs/contracts';
import { api } from '#libs/ui';
import { filesQueryOf, type FilesView } from './files-view.js';
import { runsQueryOf, type RunsView } from './runs-view.js';

export const importsKey = ['imports'] as const;
export const filesPerPage = 50;
export const runsPerPage = 50;

const whileRunningMs = 1_500;
const refreshMs = 30_000;
const hourMs = 3_600_000;

export type RunState = 'running' | 'finished' | 'interrupted';

interface Runs {
  runs: ImportRunSummary[];
  total: number;
}

/** Runs come one at a time: an open one that is not the newest, or very old, lost its process. */
export function runState(run: ImportRunSummary, newest: boolean, now: Date): RunState {
  if (run.finishedAt !== null) return 'finished';
  const recent = now.getTime() - new Date(run.startedAt).getTime() < hourMs;
  return newest && recent ? 'running' : 'interrupted';
}

export function isRunning(newest: ImportRunSummary | undefined): boolean {
  return newest !== undefined && runState(newest, true, new Date()) === 'running';
}

/** Looks are short: while one is under way it is asked for often. */
export const sourcesQuery = queryOptions({
  queryKey: [...importsKey, 'sources'],
  queryFn: ({ signal }) => api.get<ImportSources>('/api/imports/sources', { signal }),
  refetchInterval: ({ state }) => (state.data?.sources.some(({ busy }) => busy) ? whileRunningMs : refreshMs),
});

/** Whatever the history is filtered by. */
export const newestRunQuery = queryOptions({
  queryKey: [...importsKey, 'newest-run'],
  queryFn: ({ signal }) => api.get<Runs>('/api/imports/runs', { query: { pageSize: 1 }, signal }),
  refetchInterval: ({ state }) => (isRunning(state.data?.runs[0]) ? whileRunningMs : refreshMs),
});

export function runsQuery(view: RunsView) {
  return queryOptions({
    queryKey: [...importsKey, 'runs', view],
    queryFn: ({ signal }) =>
      api.get<Runs>('/api/imports/runs', { query: { ...runsQueryOf(view), pageSize: runsPerPage }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

export function filesQuery(view: FilesView) {
  return queryOptions({
    queryKey: [...importsKey, 'files', view],
    queryFn: ({ signal }) =>
      api.get<{ files: ImportFileSummary[]; total: number }>('/api/imports/files', {
        query: { ...filesQueryOf(view), pageSize: filesPerPage },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

export function fileQuery(id: string) {
  return queryOptions({
    queryKey: [...importsKey, 'file', id],
    queryFn: ({ signal }) => api.get<ImportFileDetail>(filePath(id), { signal }),
  });
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: [...importsKey, 'run', id],
    queryFn: ({ signal }) => api.get<ImportRunDetail>(runPath(id), { signal }),
  });
}

export const choicesQuery = queryOptions({
  queryKey: [...importsKey, 'choices'],
  queryFn: ({ signal }) => api.get<ImportChoices>('/api/imports/choices', { signal }),
});

export const uploadsQuery = queryOptions({
  queryKey: [...importsKey, 'uploads'],
  queryFn: ({ signal }) => api.get<ImportUploadList>('/api/imports/uploads', { signal }),
  refetchInterval: refreshMs,
});

export const mappingsQuery = queryOptions({
  queryKey: [...importsKey, 'mappings'],
  queryFn: ({ signal }) => api.get<{ mappings: ImportMapping[] }>('/api/imports/mappings', { signal }),
});

/** The sites that there are: a file may also be for a new one. */
export const knownSitesQuery = queryOptions({
  queryKey: [...importsKey, 'sites'],
  queryFn: async ({ signal }) => {
    const { sites } = await api.get<{ sites: Pick<SiteSummary, 'id' | 'slug' | 'name' | 'timeZone'>[] }>(
      '/api/sites',
      {
        signal,
      },
    );
    return sites;
  },
});

export function runPath(id: string, rest = ''): string {
  return `/api/imports/runs/${encodeURIComponent(id)}${rest}`;
}

export function filePath(id: string, rest = ''): string {
  return `/api/imports/files/${encodeURIComponent(id)}${rest}`;
}

export function uploadPath(id: string, rest = ''): string {
  return `/api/imports/uploads/${encodeURIComponent(id)}${rest}`;
}
