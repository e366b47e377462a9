import { Paper } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { EmptyState, useWords } from '#libs/ui';
import { chartWords } from './words.js';

/** In place of the charts of a site that has not measured anything yet. */
export function NoMeasurements() {
  const t = useWords(chartWords);
  return (
    <Paper component="section" aria-label={t('power')} p="md">
      <EmptyState Icon={IconChartLine} title={t('noMeasurements')}>
        {t('noMeasurementsText')}
      </EmptyState>
    </Paper>
  );
}
