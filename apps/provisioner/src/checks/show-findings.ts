import type { Output } from '../output.js';
import type { Finding, Severity } from './finding.js';

/** How many findings there are of each kind. */
export type FindingCounts = Record<Severity, number>;

export function countFindings(findings: readonly Finding[]): FindingCounts {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { ok: of('ok'), warning: of('warning'), error: of('error'), skipped: of('skipped') };
}

/**
 * Tells the findings of one subject: an event each for programs, lines for people.
 * @param onlyProblems leave out what is well
 */
export function showFindings(
  output: Output,
  subject: string | null,
  findings: readonly Finding[],
  onlyProblems: boolean,
): void {
  for (const finding of findings) output.event({ event: 'finding', tenant: subject, ...finding });
  const shown = onlyProblems
    ? findings.filter(({ severity }) => severity === 'warning' || severity === 'error')
    : findings;
  if (shown.length === 0 && onlyProblems) return;
  output.text(
    [output.colours.bold(subject ?? 'This host'), ...shown.map((one) => lineOf(one, output))].join('\n'),
  );
}

function lineOf({ check, severity, found, remedy }: Finding, { colours }: Output): string {
  const colour = { ok: colours.green, warning: colours.yellow, error: colours.red, skipped: colours.dim }[
    severity
  ];
  const next = remedy === undefined ? '' : `\n  ${' '.repeat(8)} → ${remedy}`;
  return `  ${colour(severity.padEnd(8))} ${check}: ${found}${next}`;
}

/** `12 ok, 1 error`. */
export function countsText(counts: FindingCounts): string {
  const names: [Severity, string][] = [
    ['ok', 'ok'],
    ['warning', counts.warning === 1 ? 'warning' : 'warnings'],
    ['error', counts.error === 1 ? 'error' : 'errors'],
    ['skipped', 'skipped'],
  ];
  return names
    .flatMap(([severity, name]) => (counts[severity] === 0 ? [] : [`${counts[severity]} ${name}`]))
    .join(', ');
}
