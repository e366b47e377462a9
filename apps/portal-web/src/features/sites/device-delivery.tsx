import { Group, Text } from '@mantine/core';
import type { DeviceDelivery } from '#libs/contracts';
import { formatSpan, RelativeTime, Sentence, StatusBadge, useWords } from '#libs/ui';
import { siteWords } from './words.js';

/** When its last file came, how often one usually does, and whether the next one is overdue. */
export function DeviceDeliveryLine({
  delivery: { lastAt, everySeconds, overdueSince },
  timeZone,
}: {
  delivery: DeviceDelivery;
  timeZone: string;
}) {
  const t = useWords(siteWords);
  const parts = { time: <RelativeTime value={lastAt} timeZone={timeZone} /> };
  return (
    <Group gap="xs" mt={2}>
      <Text size="xs" c="dimmed" component="span">
        {everySeconds === null ? (
          <Sentence words={siteWords} text="lastFile" parts={parts} />
        ) : (
          <Sentence
            words={siteWords}
            text="lastFileUsually"
            values={{ every: formatSpan(everySeconds) }}
            parts={parts}
          />
        )}
      </Text>
      {overdueSince !== null && <StatusBadge tone="warning">{t('overdue')}</StatusBadge>}
    </Group>
  );
}
