import { Stack, Text, Title } from '@mantine/core';
import type { ImportFileReport } from '#libs/contracts';
import { DataTable, formatCount, useWords, type Column, type Translate, type WordKey } from '#libs/ui';
import { importWords } from './words.js';

type Problem = ImportFileReport['problems'][number];

const kinds: Record<Problem['kind'], WordKey<typeof importWords>> = {
  truncated: 'kindTruncated',
  timestamp: 'kindTimestamp',
  value: 'kindValue',
};

const columns = (t: Translate<typeof importWords>): Column<Problem>[] => [
  { header: t('line'), rowHeader: true, cell: ({ line }) => t('lineNumber', { line: formatCount(line) }) },
  {
    header: t('column'),
    numeric: true,
    cell: ({ column }) => (column === null ? t('wholeRow') : formatCount(column)),
  },
  { header: t('kind'), cell: ({ kind }) => t(kinds[kind]) },
  { header: t('reason'), wrap: true, cell: ({ reason }) => reason },
];

/** What was not stored, line by line; the report lists the first hundred and counts them all. */
export function ProblemList({ report }: { report: ImportFileReport }) {
  const t = useWords(importWords);
  const { problems, rejectedRows, rejectedValues } = report;
  if (problems.length === 0) return null;
  const all = rejectedRows.truncated + rejectedRows.timestamp + rejectedValues;
  return (
    <Stack component="section" gap="xs" aria-label={t('problemsByLine')}>
      <Title order={3}>{t('problemsByLine')}</Title>
      {all > problems.length && (
        <Text size="sm" c="dimmed">
          {t('firstOf', { shown: formatCount(problems.length), all: formatCount(all) })}
        </Text>
      )}
      <ProblemTable problems={problems} />
    </Stack>
  );
}

export function ProblemTable({ problems }: { problems: readonly Problem[] }) {
  const t = useWords(importWords);
  return (
    <DataTable
      label={t('problemsByLine')}
      columns={columns(t)}
      rows={problems}
      rowKey={({ line, column, kind }) => `${String(line)}:${String(column)}:${kind}`}
    />
  );
}
