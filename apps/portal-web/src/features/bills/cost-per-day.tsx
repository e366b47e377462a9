import { Anchor, Stack, Text } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { maxBillDays, type SiteCost } from '#libs/contracts';
import {
  BarChart,
  EmptyState,
  LoadingState,
  QueryContent,
  Sentence,
  useLanguage,
  useWords,
  type TimeRange,
} from '#libs/ui';
import { daysOf } from '../measurements/chart-range.js';
import { showMoney } from './amounts.js';
import { billPagePath, siteCostQuery } from './bills.queries.js';
import { CostRemarks } from './cost-remarks.js';
import { dayBars } from './day-bars.js';
import { billWords } from './words.js';

interface Props {
  site: { id: string; timeZone: string };
  /** Whole days. */
  range: TimeRange;
}

/** In pixels; kept while costs are loaded, so that nothing below moves. */
const panelHeight = 420;
const dayMs = 86_400_000;

/** What the days of the range cost by the tariff of the site. */
export function CostPerDay({ site, range }: Props) {
  const t = useWords(billWords);
  const days = useMemo(() => daysOf(range, site.timeZone), [range, site.timeZone]);
  const isTooLong = Date.parse(days.to) - Date.parse(days.from) > maxBillDays * dayMs;
  const query = useQuery({ ...siteCostQuery(site.id, days), enabled: !isTooLong });
  const hasNoTariff = query.data?.tariff === null;
  if (isTooLong) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        {t('costTooLong', { count: maxBillDays })}
      </Text>
    );
  }
  return (
    <div style={{ minHeight: hasNoTariff ? 0 : panelHeight }} aria-busy={query.isPlaceholderData}>
      <QueryContent query={query} loading={<LoadingState what={t('theCost')} height={panelHeight} />}>
        {(cost) =>
          cost.tariff === null ? <NoTariff siteId={site.id} /> : <Costs siteId={site.id} cost={cost} />
        }
      </QueryContent>
    </div>
  );
}

function NoTariff({ siteId }: { siteId: string }) {
  const t = useWords(billWords);
  const link = <Anchor component={Link} to={billPagePath(siteId)} inherit underline="always" />;
  return (
    <EmptyState Icon={IconReceipt} title={t('costNoTariff')}>
      <Sentence words={billWords} text="costNoTariffText" parts={{ a: link }} />
    </EmptyState>
  );
}

function Costs({ siteId, cost }: { siteId: string; cost: SiteCost }) {
  const t = useWords(billWords);
  const language = useLanguage();
  const { currency, timeZone } = cost;
  const figures = useMemo(() => dayBars(cost), [cost]);
  const show = useCallback((value: number) => showMoney(value.toFixed(6), currency), [currency]);
  return (
    <Stack gap="xs" mt="md">
      {currency === null || figures.bars.length === 0 ? (
        <EmptyState Icon={IconReceipt} title={t('costNone')}>
          {t('costNoneText')}
        </EmptyState>
      ) : (
        <BarChart
          // Another language writes amounts in another way.
          key={language}
          title={t('costPerDay', { currency })}
          bars={figures.bars}
          unit={currency}
          show={show}
          quantity={t('cost')}
          timeZone={timeZone}
          height={220}
        />
      )}
      <CostRemarks siteId={siteId} cost={cost} figures={figures} />
    </Stack>
  );
}
