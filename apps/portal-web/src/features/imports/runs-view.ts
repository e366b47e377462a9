import type { ImportTrigger } from '#libs/contracts';
import { onlyGiven, readPage } from './files-view.js';
import { periodQuery, readPeriod, type Period } from './period.js';
import type { WordKey } from '#libs/ui';
import type { importWords } from './words.js';

/** Which runs the history shows; the address keeps it. */
export interface RunsView extends Period {
  /** Empty: all. */
  trigger: ImportTrigger | '';
  /** From 1. */
  page: number;
}

export const triggerLabels = {
  schedule: 'triggerSchedule',
  hook: 'triggerHook',
  manual: 'triggerManual',
  command: 'triggerCommand',
  upload: 'triggerUpload',
  retry: 'triggerRetry',
} satisfies Record<ImportTrigger, WordKey<typeof importWords>>;

export const triggers = Object.keys(triggerLabels) as ImportTrigger[];

export function readRunsView(params: URLSearchParams): RunsView {
  return {
    trigger: triggers.find((trigger) => trigger === params.get('trigger')) ?? '',
    ...readPeriod(params),
    page: readPage(params),
  };
}

export function runsAddress({ page, ...texts }: RunsView): Record<string, string> {
  return onlyGiven({ ...texts, page: page === 1 ? '' : String(page) });
}

export function runsQueryOf(view: RunsView) {
  return { ...runsAddress(view), ...periodQuery(view) };
}
