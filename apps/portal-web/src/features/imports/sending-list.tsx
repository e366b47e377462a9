import { ActionIcon, Group, Progress, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { formatBytes, formatPercent, useProblemText, useWords } from '#libs/ui';
import type { Sending } from './sending.js';
import { importWords } from './words.js';

interface Props {
  files: readonly Sending[];
  onRemove: (key: number) => void;
}

/** Files on their way, each with how far it has come. */
export function SendingList({ files, onRemove }: Props) {
  const t = useWords(importWords);
  if (files.length === 0) return null;
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('sending')}>
      {files.map((sending) => (
        <Row key={sending.key} sending={sending} onRemove={onRemove} />
      ))}
    </Stack>
  );
}

function Row({ sending, onRemove }: { sending: Sending; onRemove: Props['onRemove'] }) {
  const t = useWords(importWords);
  const textOf = useProblemText();
  const { key, file, state, sentBytes, error } = sending;
  const percent = file.size === 0 ? 100 : (100 * sentBytes) / file.size;
  return (
    <li>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {file.name}{' '}
          <Text span size="xs" c="dimmed">
            {formatBytes(file.size)} {state === 'waits' && t('waitsToBeSent')}
          </Text>
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('cancelFile', { name: file.name })}
          onClick={() => onRemove(key)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {error === null ? (
        <Progress
          value={percent}
          aria-label={t('sentPercent', { name: file.name, percent: formatPercent(percent, 0) })}
        />
      ) : (
        <Text size="sm" c="var(--bad)" role="alert">
          {textOf(error).line}
        </Text>
      )}
    </li>
  );
}
