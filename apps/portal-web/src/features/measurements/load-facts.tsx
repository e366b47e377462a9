import { Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SiteEnergy } from '#libs/contracts';
import {
  formatDayAndTime,
  formatPercent,
  formatSpan,
  LoadingState,
  QueryContent,
  Stats,
  useWords,
  type Translate,
} from '#libs/ui';
import type { ChartRange } from './chart-range.js';
import { siteEnergyQuery } from './measurements.queries.js';
import { formatEnergy, formatPower } from './power-format.js';
import { chartWords } from './words.js';
import styles from './load-profile.module.css';

interface Props {
  site: { id: string; timeZone: string };
  range: ChartRange;
}

/** In pixels; kept while figures come and go. */
const panelHeight = 150;

/** Energy, base load, peak and completeness of the range. */
export function LoadFacts({ site, range }: Props) {
  const t = useWords(chartWords);
  const query = useQuery(siteEnergyQuery(site.id, range));
  return (
    <Paper component="section" aria-label={t('facts')} p="md">
      <QueryContent query={query} loading={<LoadingState what={t('theFacts')} height={panelHeight} />}>
        {(energy) => (
          <div aria-busy={query.isPlaceholderData} style={{ minHeight: panelHeight }}>
            <Stats items={facts(energy, t)} />
            <Text size="xs" c="dimmed" mt="xs">
              {t('counted', { count: energy.channelIds.length })} · {t('inZone', { zone: energy.timeZone })}
            </Text>
          </div>
        )}
      </QueryContent>
    </Paper>
  );
}

function facts(energy: SiteEnergy, t: Translate<typeof chartWords>) {
  const { energyWh, baseLoadW, peak, completeness, slotSeconds, timeZone } = energy;
  return [
    { label: t('energy'), value: formatEnergy(energyWh) },
    { label: t('baseLoad'), value: formatPower(baseLoadW) },
    {
      label: t('peak'),
      value: (
        <>
          {formatPower(peak?.powerW ?? null)}
          {peak !== null && (
            <Text size="xs" c="dimmed" fw={400}>
              <time dateTime={peak.time} className={styles.peak}>
                {formatDayAndTime(new Date(peak.time), timeZone)}
              </time>
              <br />
              {t('peakOf', { length: formatSpan(slotSeconds) })}
            </Text>
          )}
        </>
      ),
    },
    { label: t('completeness'), value: formatPercent(100 * completeness) },
  ];
}
