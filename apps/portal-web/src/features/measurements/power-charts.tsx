import { Stack } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { SiteSeries } from '#libs/contracts';
import { EmptyState, TimeSeriesChart, useWords, type Translate } from '#libs/ui';
import { divideBy, largestOf, linesByUnit, type NamedChannel, type UnitLines } from './chart-lines.js';
import { powerUnit } from './power-format.js';
import { chartWords } from './words.js';

interface Props {
  answer: SiteSeries;
  /** Null for the total. */
  channels: readonly NamedChannel[] | null;
  timeZone: string;
  onZoom: (from: number, to: number) => void;
}

type T = Translate<typeof chartWords>;

const titles: Readonly<
  Record<
    string,
    'powerIn' | 'apparentPower' | 'reactivePower' | 'voltage' | 'current' | 'energyIn' | 'frequency'
  >
> = {
  W: 'powerIn',
  kW: 'powerIn',
  VA: 'apparentPower',
  var: 'reactivePower',
  V: 'voltage',
  A: 'current',
  Wh: 'energyIn',
  kWh: 'energyIn',
  Hz: 'frequency',
};

/** One chart per unit, one under the other with a common cursor. */
export function PowerCharts({ answer, channels, timeZone, onZoom }: Props) {
  const t = useWords(chartWords);
  const charts = useMemo(() => chartsOf(answer, channels, t), [answer, channels, t]);
  if (charts.every(({ lines }) => lines.every(({ times }) => times.length === 0))) {
    return <NothingHere isTotal={channels === null} />;
  }
  return (
    <Stack gap="lg">
      {charts.map(({ unit, title, lines }) => (
        <TimeSeriesChart
          key={unit}
          title={title}
          series={lines}
          unit={unit}
          timeZone={timeZone}
          from={Date.parse(answer.from)}
          to={Date.parse(answer.to)}
          syncKey="site"
          height={charts.length > 1 ? 220 : 320}
          {...(channels === null && { seriesHeading: t('line') })}
          onZoom={onZoom}
        />
      ))}
    </Stack>
  );
}

function NothingHere({ isTotal }: { isTotal: boolean }) {
  const t = useWords(chartWords);
  return (
    <EmptyState Icon={IconChartLine} title={t(isTotal ? 'noPower' : 'nothingHere')}>
      {t(isTotal ? 'noPowerText' : 'nothingHereText')}
    </EmptyState>
  );
}

/** A total of much power is drawn in kW; channels keep the unit that the meter gives them. */
function chartsOf(answer: SiteSeries, channels: Props['channels'], t: T): (UnitLines & { title: string })[] {
  const names = { total: t('total'), before: (line: string) => t('before', { line }) };
  return linesByUnit(answer, channels, names).map(({ unit, lines }) => {
    if (channels !== null) return { unit, lines, title: titleOf(unit, t) };
    const scale = powerUnit(largestOf(lines));
    const title = t('totalPower', { unit: scale.unit });
    return { unit: scale.unit, lines: divideBy(lines, scale.divisor), title };
  });
}

function titleOf(unit: string, t: T): string {
  const title = titles[unit];
  return title === undefined ? unit : t(title, { unit });
}
