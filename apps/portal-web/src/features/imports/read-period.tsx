import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ImportFileReport } from '#libs/contracts';
import { AbsoluteTime, Sentence } from '#libs/ui';
import { knownSitesQuery } from './imports.queries.js';
import { importWords } from './words.js';

/** The first and the last time of what was read, by the clock of its site; in UTC where there is no such site yet. */
export function ReadPeriod({ report: { site, firstTime, lastTime } }: { report: ImportFileReport }) {
  const { data } = useQuery(knownSitesQuery);
  const timeZone = data?.find(({ slug }) => slug === site)?.timeZone ?? 'UTC';
  if (firstTime === null) return null;
  return (
    <Text size="sm" component="div">
      <Sentence
        words={importWords}
        text="period"
        parts={{
          from: <AbsoluteTime value={firstTime} timeZone={timeZone} />,
          to: <AbsoluteTime value={lastTime} timeZone={timeZone} />,
        }}
      />
    </Text>
  );
}
