import { Stack, Text, Title } from '@mantine/core';
import type { ImportFileReport } from '#libs/contracts';
import { DataTable, formatCount, type Column } from '#libs/ui';

type Problem = ImportFileReport['problems'][number];

const kinds: Record<Problem['kind'], string> = {
  truncated: 'Row cut off',
  timestamp: 'Timestamp',
  value: 'Value',
};

const columns: Column<Problem>[] = [
  { header: 'Line', rowHeader: true, cell: ({ line }) => `Line ${formatCount(line)}` },
  {
    header: 'Column',
    numeric: true,
    cell: ({ column }) => (column === null ? 'whole row' : formatCount(column)),
  },
  { header: 'Kind', cell: ({ kind }) => kinds[kind] },
  { header: 'Reason', wrap: true, cell: ({ reason }) => reason },
];

/** What was not stored, line by line; the report lists the first hundred and counts them all. */
export function ProblemList({ report }: { report: ImportFileReport }) {
  const { problems, rejectedRows, rejectedValues } = report;
  if (problems.length === 0) return null;
  const all = rejectedRows.truncated + rejectedRows.timestamp + rejectedValues;
  return (
    <Stack component="section" gap="xs" aria-label="Problems by line">
      <Title order={3}>Problems by line</Title>
      {all > problems.length && (
        <Text size="sm" c="dimmed">
          The first {formatCount(problems.length)} of {formatCount(all)}.
        </Text>
      )}
      <DataTable
        label="Problems by line"
        columns={columns}
        rows={problems}
        rowKey={({ line, column, kind }) => `${String(line)}:${String(column)}:${kind}`}
      />
    </Stack>
  );
}
