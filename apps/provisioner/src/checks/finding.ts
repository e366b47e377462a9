import type { ToldError } from '../output.js';

/** `skipped`: nothing is known, because what it takes to look is not there. */
export type Severity = 'ok' | 'warning' | 'error' | 'skipped';

/** What a check has found, for people. */
export interface Found {
  severity: Severity;
  /** What is the case, with the figures that tell why it matters. */
  found: string;
  /** The next command, or what to change; only where something is to be done. */
  remedy?: string;
}

/** What a check has found, with the check that found it. */
export interface Finding extends Found {
  check: string;
}

/** One thing that can be looked at without changing it. */
export interface Check<Subject> {
  /** Stable: scripts match on it. */
  id: string;
  title: string;
  run: (subject: Subject) => Promise<Found[]>;
}

export const ok = (found: string): Found => ({ severity: 'ok', found });
export const skipped = (found: string): Found => ({ severity: 'skipped', found });
export const warning = (found: string, remedy: string): Found => ({ severity: 'warning', found, remedy });
export const error = (found: string, remedy: string): Found => ({ severity: 'error', found, remedy });

/** The findings of one check. One that cannot be carried out is a finding, too: the others still count. */
export async function findingsOf<Subject>(
  { id, run }: Check<Subject>,
  subject: Subject,
  describe: (error: unknown) => ToldError,
): Promise<Finding[]> {
  try {
    const found = await run(subject);
    return found.map((one) => ({ check: id, ...one }));
  } catch (cause) {
    const { message, remedy } = describe(cause);
    return [{ check: id, ...error(`cannot be checked: ${message}`, remedy) }];
  }
}

/** True when a finding asks for a repair. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
