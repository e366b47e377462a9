import { Alert, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ImportSource } from '#libs/contracts';
import {
  RelativeTime,
  Sentence,
  StatusBadge,
  useProblemText,
  useWords,
  type StatusTone,
  type WordKey,
} from '#libs/ui';
import { importWords } from './words.js';

/** Where files come from by themselves, and how that goes. Nothing where nothing is collected. */
export function SourceList({ sources }: { sources: readonly ImportSource[] }) {
  const t = useWords(importWords);
  if (sources.length === 0) return null;
  return (
    <Paper component="section" aria-labelledby="sources" p="md" mb="md">
      <Stack gap="sm">
        <Title order={2} id="sources">
          {t('sources')}
        </Title>
        {sources.map((source) => (
          <Source key={source.kind} source={source} />
        ))}
      </Stack>
    </Paper>
  );
}

function Source({ source }: { source: ImportSource }) {
  const t = useWords(importWords);
  const { kind, location, error } = source;
  const { tone, text } = stateOf(source);
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text fw={600} size="sm">
          {t(kind === 'sftp' ? 'sourceSftp' : 'sourceFolder')}
        </Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{location}</Code>
        <StatusBadge tone={tone}>{t(text)}</StatusBadge>
      </Group>
      <Looks source={source} />
      {error !== null && <SourceError error={error} />}
      <LeftAlone source={source} />
    </Stack>
  );
}

function Looks({ source: { lookedAt, nextLookAt, waiting } }: { source: ImportSource }) {
  const t = useWords(importWords);
  if (lookedAt === null) return null;
  return (
    <Text size="sm" c="dimmed">
      <Sentence words={importWords} text="lastLook" parts={{ time: <RelativeTime value={lookedAt} /> }} />{' '}
      <Sentence words={importWords} text="nextLook" parts={{ time: <RelativeTime value={nextLookAt} /> }} />{' '}
      {waiting > 0 && t('waitingFiles', { count: waiting })}
    </Text>
  );
}

function SourceError({ error }: { error: NonNullable<ImportSource['error']> }) {
  const { title, remedy } = useProblemText()(error);
  return (
    <Alert color="red" variant="outline" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {title !== error.message && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {error.message}
        </Text>
      )}
      {remedy !== undefined && <Text size="sm">{remedy}</Text>}
    </Alert>
  );
}

function LeftAlone({ source }: { source: ImportSource }) {
  const t = useWords(importWords);
  const { stuckFiles, stuckReason, problems, problemCount } = source;
  return (
    <>
      {stuckFiles > 0 && (
        <Text size="sm">{t('stuckFiles', { count: stuckFiles, reason: stuckReason ?? '' })}</Text>
      )}
      {problemCount > 0 && (
        <details>
          <Text component="summary" size="sm">
            {t('leftAlone', { count: problemCount })}
          </Text>
          <Text component="ul" size="sm" m={0} pl="md" style={{ overflowWrap: 'anywhere' }}>
            {problems.map(({ path, reason }) => (
              <li key={path}>
                {path}: {reason}
              </li>
            ))}
          </Text>
        </details>
      )}
    </>
  );
}

function stateOf(source: ImportSource): { tone: StatusTone; text: WordKey<typeof importWords> } {
  if (source.busy) return { tone: 'running', text: 'sourceBusy' };
  if (source.error !== null) return { tone: 'bad', text: 'sourceFailed' };
  if (source.lookedAt === null) return { tone: 'neutral', text: 'sourceNew' };
  if (source.stuckFiles > 0 || source.problemCount > 0) return { tone: 'warning', text: 'sourceWarning' };
  return { tone: 'good', text: 'sourceGood' };
}
