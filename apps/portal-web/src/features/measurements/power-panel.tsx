import { Paper, Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SiteSeries } from '#libs/contracts';
import { EmptyState, formatSpan, LoadingState, QueryContent, useWords, type Translate } from '#libs/ui';
import type { NamedChannel } from './chart-lines.js';
import { siteSeriesQuery } from './measurements.queries.js';
import { PowerCharts } from './power-charts.js';
import { RangeControls } from './range-controls.js';
import type { ChartView } from './use-chart-view.js';
import { chartWords } from './words.js';

interface Props {
  site: { id: string; timeZone: string };
  view: ChartView;
  /** Those that are ticked; the total takes what counts. */
  channels: readonly NamedChannel[];
  onChange: (next: Partial<ChartView>) => void;
  onZoom: (from: number, to: number) => void;
}

/** A chart without the rows of its legend, and one of these, in pixels: the place is kept, whatever is there first. */
const chartHeight = 410;
const lineHeight = 27;

/** Power over time, of the site or by channel, and the controls of all its charts. */
export function PowerPanel({ site, view, channels, onChange, onZoom }: Props) {
  const t = useWords(chartWords);
  const { range, by, compare } = view;
  const query = useQuery(
    siteSeriesQuery(site.id, range, {
      by,
      channelIds: channels.map(({ id }) => id),
      ...(compare && { compare: 'previous' }),
    }),
  );
  const lines = (by === 'total' ? 1 : channels.length) * (compare ? 2 : 1);
  const height = chartHeight + lines * lineHeight;
  return (
    <Paper component="section" aria-label={t('power')} p="md">
      <RangeControls view={view} timeZone={site.timeZone} onChange={onChange} />
      {by === 'channel' && channels.length === 0 ? (
        <EmptyState Icon={IconChartLine} title={t('noChannel')}>
          {t('noChannelText')}
        </EmptyState>
      ) : (
        <QueryContent query={query} loading={<LoadingState what={t('measurements')} height={height} />}>
          {(answer) => (
            <div aria-busy={query.isPlaceholderData} style={{ minHeight: height }}>
              <PowerCharts
                answer={answer}
                channels={by === 'channel' ? channels : null}
                timeZone={site.timeZone}
                onZoom={onZoom}
              />
              <Text size="xs" c="dimmed" mt="xs">
                {resolutionText(answer, t)} · {t('zoomHint')}
              </Text>
            </div>
          )}
        </QueryContent>
      )}
    </Paper>
  );
}

function resolutionText({ resolution, bucketSeconds }: SiteSeries, t: Translate<typeof chartWords>): string {
  if (resolution === 'samples') return t('samples');
  return resolution === 'days' ? t('dayMeans') : t('means', { length: formatSpan(bucketSeconds) });
}
