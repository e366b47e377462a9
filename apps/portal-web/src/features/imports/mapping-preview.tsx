import { Stack, Text, Title } from '@mantine/core';
import type { UploadSample } from '#libs/contracts';
import { DataTable, missing, useProblemText, useWords, type Column, type Translate } from '#libs/ui';
import { columnCount } from './mapping-draft.js';
import { ProblemTable } from './problem-list.js';
import { importWords } from './words.js';

const shownRows = 8;

/** The first rows of the file, as they are written and as they are read. */
export function MappingPreview({ sample }: { sample: UploadSample }) {
  const t = useWords(importWords);
  return (
    <>
      <Stack component="section" gap="xs" aria-label={t('asWritten')}>
        <Title order={3}>{t('asWritten')}</Title>
        <DataTable
          label={t('asWritten')}
          columns={cellColumns(sample, t)}
          rows={sample.table.slice(0, shownRows)}
          rowKey={({ line }) => String(line)}
        />
      </Stack>
      <Stack component="section" gap="xs" aria-label={t('asRead')} aria-live="polite">
        <Title order={3}>{t('asRead')}</Title>
        <Reading reading={sample.reading} />
      </Stack>
    </>
  );
}

type Cells = UploadSample['table'][number];

function cellColumns(sample: UploadSample, t: Translate<typeof importWords>): Column<Cells>[] {
  const cells = Array.from({ length: columnCount(sample) }, (_, index): Column<Cells> => {
    const number = String(index + 1);
    const name = sample.header[index] ?? '';
    return {
      header: name === '' ? t('columnNumber', { number }) : t('numbered', { number, name }),
      cell: (row) => row.cells[index] ?? '',
    };
  });
  return [{ header: t('lineHeading'), rowHeader: true, cell: ({ line }) => String(line) }, ...cells];
}

function Reading({ reading }: Pick<UploadSample, 'reading'>) {
  const t = useWords(importWords);
  const textOf = useProblemText();
  if (reading === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('nothingRead')}
      </Text>
    );
  }
  const { channels, rows, problems, error } = reading;
  return (
    <>
      {error !== null && (
        <Text size="sm" c="var(--bad)">
          {textOf(error).line}: {error.message}
        </Text>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('asRead')}
          columns={readColumns(channels, t)}
          rows={rows.slice(0, shownRows).map((row, index) => ({ ...row, index }))}
          rowKey={({ index }) => String(index)}
        />
      )}
      {problems.length > 0 && <ProblemTable problems={problems.slice(0, shownRows)} />}
    </>
  );
}

type Read = NonNullable<UploadSample['reading']>;

function readColumns(
  channels: Read['channels'],
  t: Translate<typeof importWords>,
): Column<Read['rows'][number]>[] {
  return [
    {
      header: t('timeUtc'),
      rowHeader: true,
      cell: ({ time }) => time.replace('T', ' ').replace('.000Z', ''),
    },
    ...channels.map(({ label, unit }, index) => ({
      header: unit === '' ? label : `${label} (${unit})`,
      numeric: true,
      cell: ({ values }: Read['rows'][number]) => {
        const value = values[index] ?? null;
        return value === null ? missing : String(value);
      },
    })),
  ];
}
