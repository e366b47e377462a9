import type { ImportFileStatus } from '#libs/contracts';
import { periodQuery, readPeriod, type Period } from './period.js';

/** Which files the history shows; the address keeps it. */
export interface FilesView extends Period {
  q: string;
  /** Empty: all. */
  status: ImportFileStatus | '';
  site: string;
  device: string;
  problems: boolean;
  runId: string;
  /** From 1. */
  page: number;
}

/** What a file that was recorded can be. */
export const fileStatuses = ['imported', 'rejected'] as const satisfies ImportFileStatus[];

/** Reads an address that somebody may have typed: what is not understood is as if it were not there. */
export function readFilesView(params: URLSearchParams): FilesView {
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 200);
  return {
    q: text('q'),
    status: fileStatuses.find((status) => status === params.get('status')) ?? '',
    site: text('site'),
    device: text('device'),
    problems: params.get('problems') === 'true',
    runId: /^[0-9a-f-]{36}$/.test(text('runId')) ? text('runId') : '',
    ...readPeriod(params),
    page: readPage(params),
  };
}

/** What the address keeps; what is as by default is left out of it. */
export function filesAddress({ problems, page, ...texts }: FilesView): Record<string, string> {
  return onlyGiven({ ...texts, problems: problems ? 'true' : '', page: page === 1 ? '' : String(page) });
}

/** The query of the API. */
export function filesQueryOf(view: FilesView) {
  return { ...filesAddress(view), ...periodQuery(view) };
}

export function isFiltered(view: FilesView): boolean {
  return Object.keys(filesAddress({ ...view, page: 1 })).length > 0;
}

export function readPage(params: URLSearchParams): number {
  const page = Number(params.get('page'));
  return Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
}

export function onlyGiven(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
