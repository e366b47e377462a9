import { Alert, Code, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImportFileReport } from '#libs/contracts';
import {
  DataTable,
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  missing,
  Stats,
  useProblemText,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { ProblemList } from './problem-list.js';
import { ReadPeriod } from './read-period.js';
import { importWords } from './words.js';

/** All that a report says, whether something was stored or only would be. */
export function ReportBody({ report }: { report: ImportFileReport }) {
  const t = useWords(importWords);
  const textOf = useProblemText();
  return (
    <Stack gap="lg">
      {report.error && (
        <Alert
          role="alert"
          color="red"
          variant="outline"
          icon={<IconCircleX aria-hidden />}
          title={t('refused')}
        >
          {textOf(report.error).line} <Code>{report.error.code}</Code>
          {textOf(report.error).line !== report.error.message && <div>{report.error.message}</div>}
        </Alert>
      )}
      <Stats items={counts(report, t)} />
      <Warnings report={report} />
      <ProblemList report={report} />
      <Section title={t('channelStatistics')} show={report.channelStats.length > 0}>
        <DataTable
          label={t('channelStatistics')}
          columns={statColumns(t)}
          rows={report.channelStats}
          rowKey={({ deviceSerial, label, unit }) => `${deviceSerial} ${label} ${unit}`}
        />
      </Section>
      <FileFacts report={report} />
    </Stack>
  );
}

function counts(report: ImportFileReport, t: Translate<typeof importWords>) {
  const { truncated, timestamp } = report.rejectedRows;
  return [
    { label: t('rowsHeading'), value: formatCount(report.rows) },
    { label: t('pointsHeading'), value: formatCount(report.points) },
    { label: t('channels'), value: formatCount(report.channels) },
    { label: t('rowsCutOff'), value: formatCount(truncated) },
    { label: t('rowsBadTime'), value: formatCount(timestamp) },
    { label: t('valuesRejected'), value: formatCount(report.rejectedValues) },
    { label: t('duplicateRows'), value: formatCount(report.duplicateRows) },
    { label: t('suspiciousTimes'), value: formatCount(report.suspiciousTimes) },
  ];
}

function Warnings({ report }: { report: ImportFileReport }) {
  const t = useWords(importWords);
  const warnings = [...report.warnings];
  if (report.incomplete) warnings.push(t('incomplete'));
  if (report.daylightSaving !== null) warnings.push(report.daylightSaving);
  return (
    <Section title={t('warnings')} show={warnings.length > 0}>
      <List
        size="sm"
        spacing={4}
        icon={<IconAlertTriangle size={16} color="var(--warning)" aria-hidden style={{ marginTop: 3 }} />}
      >
        {warnings.map((warning) => (
          <List.Item key={warning}>{warning}</List.Item>
        ))}
      </List>
    </Section>
  );
}

const statColumns = (
  t: Translate<typeof importWords>,
): Column<ImportFileReport['channelStats'][number]>[] => [
  {
    header: t('channel'),
    rowHeader: true,
    cell: ({ deviceSerial, label }) => `${deviceSerial} ${label}`,
  },
  { header: t('pointsHeading'), numeric: true, cell: ({ count }) => formatCount(count) },
  { header: t('minimum'), numeric: true, cell: ({ min, unit }) => formatQuantity(min, unit) },
  { header: t('mean'), numeric: true, cell: ({ mean, unit }) => formatQuantity(mean, unit) },
  { header: t('maximum'), numeric: true, cell: ({ max, unit }) => formatQuantity(max, unit) },
];

function FileFacts({ report }: { report: ImportFileReport }) {
  const t = useWords(importWords);
  const facts = [
    { label: t('format'), value: report.format ?? missing },
    { label: t('size'), value: formatBytes(report.bytes) },
    { label: t('readIn'), value: formatDuration(report.durationMs) },
    ...Object.entries(report.metadata).map(([label, value]) => ({
      label,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  ];
  return (
    <Section title={t('file')}>
      <Stats items={facts} />
      <ReadPeriod report={report} />
      {report.sha256 !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          SHA-256 <Code>{report.sha256}</Code>
        </Text>
      )}
    </Section>
  );
}

function Section({ title, show = true, children }: { title: string; show?: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}
