import { Text } from '@mantine/core';
import type { ImportFileReport } from '#libs/contracts';
import { AbsoluteTime, Sentence } from '#libs/ui';
import { importWords } from './words.js';

/** The first and the last time of what was read. */
export function ReadPeriod({ report: { firstTime, lastTime } }: { report: ImportFileReport }) {
  if (firstTime === null) return null;
  return (
    <Text size="sm" component="div">
      <Sentence
        words={importWords}
        text="period"
        parts={{
          from: <AbsoluteTime value={firstTime} timeZone="UTC" />,
          to: <AbsoluteTime value={lastTime} timeZone="UTC" />,
        }}
      />
    </Text>
  );
}
