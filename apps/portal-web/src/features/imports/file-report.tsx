import { Alert, Code, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImportFileDetail, ImportFileReport } from '#libs/contracts';
import {
  AbsoluteTime,
  DataTable,
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  missing,
  Stats,
  type Column,
} from '#libs/ui';
import { FileStatus } from './file-status.js';
import { ProblemList } from './problem-list.js';

export function FileReport({ file }: { file: ImportFileDetail }) {
  const { report } = file;
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <Title order={3} style={{ overflowWrap: 'anywhere' }}>
          {file.path}
        </Title>
        <Group gap="xs">
          <FileStatus status={file.status} />
          <Text size="sm" c="dimmed">
            <AbsoluteTime value={file.importedAt} />
          </Text>
        </Group>
      </Stack>
      {report.error && (
        <Alert role="alert" color="red" variant="outline" icon={<IconCircleX aria-hidden />} title="Rejected">
          {report.error.message} <Code>{report.error.code}</Code>
        </Alert>
      )}
      <Stats items={counts(report)} />
      <Warnings report={report} />
      <ProblemList report={report} />
      <Section title="Channel statistics" show={report.channelStats.length > 0}>
        <DataTable
          label="Channel statistics"
          columns={statColumns}
          rows={report.channelStats}
          rowKey={({ deviceSerial, label, unit }) => `${deviceSerial} ${label} ${unit}`}
        />
      </Section>
      <FileFacts report={report} />
    </Stack>
  );
}

function counts(report: ImportFileReport) {
  const { truncated, timestamp } = report.rejectedRows;
  return [
    { label: 'Rows', value: formatCount(report.rows) },
    { label: 'Points', value: formatCount(report.points) },
    { label: 'Channels', value: formatCount(report.channels) },
    { label: 'Rows cut off', value: formatCount(truncated) },
    { label: 'Rows with a bad time', value: formatCount(timestamp) },
    { label: 'Values rejected', value: formatCount(report.rejectedValues) },
    { label: 'Duplicate rows', value: formatCount(report.duplicateRows) },
    { label: 'Suspicious times', value: formatCount(report.suspiciousTimes) },
  ];
}

function Warnings({ report }: { report: ImportFileReport }) {
  const warnings = [...report.warnings];
  if (report.incomplete)
    warnings.push('The file ends before its end; it is replaced when the meter sends it again.');
  if (report.daylightSaving !== null) warnings.push(report.daylightSaving);
  return (
    <Section title="Warnings" show={warnings.length > 0}>
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

const statColumns: Column<ImportFileReport['channelStats'][number]>[] = [
  { header: 'Channel', rowHeader: true, cell: ({ deviceSerial, label }) => `${deviceSerial} ${label}` },
  { header: 'Points', numeric: true, cell: ({ count }) => formatCount(count) },
  { header: 'Minimum', numeric: true, cell: ({ min, unit }) => formatQuantity(min, unit) },
  { header: 'Mean', numeric: true, cell: ({ mean, unit }) => formatQuantity(mean, unit) },
  { header: 'Maximum', numeric: true, cell: ({ max, unit }) => formatQuantity(max, unit) },
];

function FileFacts({ report }: { report: ImportFileReport }) {
  const facts = [
    { label: 'Format', value: report.format ?? missing },
    { label: 'Size', value: formatBytes(report.bytes) },
    { label: 'Read in', value: formatDuration(report.durationMs) },
    { label: 'First time', value: <AbsoluteTime value={report.firstTime} timeZone="UTC" /> },
    { label: 'Last time', value: <AbsoluteTime value={report.lastTime} timeZone="UTC" /> },
    ...Object.entries(report.metadata).map(([label, value]) => ({
      label,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  ];
  return (
    <Section title="File">
      <Stats items={facts} />
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
