import { Anchor, Paper } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState, Sentence, useWords } from '#libs/ui';
import { chartWords } from './words.js';

/** In place of the charts of a site that has not measured anything yet. */
export function NoMeasurements() {
  const t = useWords(chartWords);
  return (
    <Paper component="section" aria-label={t('power')} p="md">
      <EmptyState Icon={IconChartLine} title={t('noMeasurements')}>
        <Sentence
          words={chartWords}
          text="noMeasurementsText"
          parts={{ a: <Anchor component={Link} to="/imports" inherit underline="always" /> }}
        />
      </EmptyState>
    </Paper>
  );
}
