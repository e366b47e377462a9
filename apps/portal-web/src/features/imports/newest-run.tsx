import type { ImportRunSummary } from '#libs/contracts';
import { formatCounted, RelativeTime, useNow } from '#libs/ui';
import { runState } from './imports.queries.js';

/** One line about the newest run, spoken when it changes. */
export function NewestRun({ runs }: { runs: readonly ImportRunSummary[] | undefined }) {
  return (
    <output aria-live="polite" aria-label="Newest import">
      <Line runs={runs} />
    </output>
  );
}

function Line({ runs }: { runs: readonly ImportRunSummary[] | undefined }) {
  const now = useNow();
  if (runs === undefined) return '\u00A0';
  const [run] = runs;
  if (run === undefined) return 'No import has run yet.';
  const { imported, rejected, unchanged, points } = run.totals;
  const state = runState(run, true, now);
  const result = [
    `${formatCounted(imported, 'file')} imported`,
    `${formatCounted(rejected, 'file')} rejected`,
    `${formatCounted(unchanged, 'file')} unchanged`,
    formatCounted(points, 'point'),
  ].join(', ');
  if (state === 'running') return `Import running: ${result} so far.`;
  return (
    <>
      Import {state} <RelativeTime value={run.finishedAt ?? run.startedAt} />: {result}.
    </>
  );
}
