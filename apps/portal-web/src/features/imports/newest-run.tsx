import type { ImportRunSummary } from '#libs/contracts';
import { RelativeTime, Sentence, useNow, useWords } from '#libs/ui';
import { runState } from './imports.queries.js';
import { importWords } from './words.js';

/** One line about the newest run, spoken when it changes. */
export function NewestRun({ runs }: { runs: readonly ImportRunSummary[] | undefined }) {
  const t = useWords(importWords);
  return (
    <output aria-live="polite" aria-label={t('newestImport')}>
      <Line runs={runs} />
    </output>
  );
}

function Line({ runs }: { runs: readonly ImportRunSummary[] | undefined }) {
  const t = useWords(importWords);
  const now = useNow();
  if (runs === undefined) return '\u00A0';
  const [run] = runs;
  if (run === undefined) return t('noRunYet');
  const { imported, rejected, unchanged, points } = run.totals;
  const state = runState(run, true, now);
  const result = [
    t('filesImported', { count: imported }),
    t('filesRejected', { count: rejected }),
    t('filesUnchanged', { count: unchanged }),
    t('points', { count: points }),
  ].join(', ');
  if (state === 'running') return t('running', { result });
  return (
    <Sentence
      words={importWords}
      text={state}
      values={{ result }}
      parts={{ time: <RelativeTime value={run.finishedAt ?? run.startedAt} /> }}
    />
  );
}
