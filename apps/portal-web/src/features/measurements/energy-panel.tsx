import { Paper } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { SiteEnergy } from '#libs/contracts';
import { BarChart, EmptyState, LoadingState, QueryContent, useWords, type TimeRange } from '#libs/ui';
import { LoadProfile } from './load-profile.js';
import { siteEnergyQuery } from './measurements.queries.js';
import { chartWords } from './words.js';

interface Props {
  site: { id: string; timeZone: string };
  /** Whole days. */
  range: TimeRange;
  /** What the days cost, where that is known. */
  cost?: ReactNode;
}

/** In pixels, with what stands below the bars; kept while these are loaded. */
const barsHeight = 310;

/** Energy per day and the load profile. */
export function EnergyPanels({ site, range, cost }: Props) {
  const t = useWords(chartWords);
  const query = useQuery(siteEnergyQuery(site.id, range));
  return (
    <>
      <Paper component="section" aria-label={t('energyPerDay')} p="md">
        <QueryContent query={query} loading={<LoadingState what={t('theEnergy')} height={barsHeight} />}>
          {(energy) => (
            <div style={{ minHeight: barsHeight }}>
              <EnergyPerDay energy={energy} />
            </div>
          )}
        </QueryContent>
        {cost}
      </Paper>
      <Paper component="section" aria-label={t('profile')} p="md">
        <QueryContent query={query} loading={<LoadingState what={t('profile')} height={270} />}>
          {(energy) => <LoadProfile energy={energy} />}
        </QueryContent>
      </Paper>
    </>
  );
}

function EnergyPerDay({ energy }: { energy: SiteEnergy }) {
  const t = useWords(chartWords);
  const bars = useMemo(
    () => energy.days.map(({ day, energyWh, coverage }) => ({ day, value: energyWh / 1_000, coverage })),
    [energy],
  );
  if (bars.length === 0) {
    return (
      <EmptyState Icon={IconChartBar} title={t('nothingHere')}>
        {t('nothingHereText')}
      </EmptyState>
    );
  }
  return (
    <BarChart title={t('energyPerDay')} bars={bars} unit="kWh" timeZone={energy.timeZone} height={220} />
  );
}
