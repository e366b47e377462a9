import { compose } from './compose.js';

/** Which lines of a stack's log are wanted. */
export interface LogSelection {
  follow?: boolean | undefined;
  services?: readonly string[] | undefined;
  /** `2026-11-21T20:00:00Z`, or so long ago: `90m`. */
  since?: string | undefined;
  tail?: number | undefined;
}

/** The log of a stack, a line each with its service in front. Pure. */
export function composeLogs(folder: string, { follow, services = [], since, tail }: LogSelection): string[] {
  return compose(
    folder,
    'logs',
    '--no-color',
    ...(follow ? ['--follow'] : []),
    ...(since === undefined ? [] : ['--since', since]),
    ...(tail === undefined ? [] : ['--tail', String(tail)]),
    ...services,
  );
}
