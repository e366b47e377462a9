import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { SiteCost } from '#libs/contracts';
import { currentLocale, useWords } from '#libs/ui';
import { showMoney } from './amounts.js';
import { describeProblem } from './bill-problem.js';
import { billPagePath } from './bills.queries.js';
import type { DayBars } from './day-bars.js';
import { billWords } from './words.js';

interface Props {
  siteId: string;
  cost: SiteCost;
  figures: DayBars;
}

/** What the days cost together, what is in them and what is not, and where the bill is. */
export function CostRemarks({ siteId, cost, figures }: Props) {
  const t = useWords(billWords);
  const { currency, demand, basis, problems, timeZone } = cost;
  const [total, fixed] = [figures.total, figures.fixed].map((sum) => showMoney(sum.toFixed(6), currency));
  const warnings = problems.map((problem) => describeProblem(problem, { lines: [], timeZone }, t));
  if (figures.unmeasured > 0) warnings.push(t('costUnmeasured', { count: figures.unmeasured }));
  const notes = [t('costMeaning')];
  if (demand.length > 0) notes.push(t('costDemand', { names: namesOf(demand) }));
  if (basis === 'rollups') notes.push(t('costRollups'));
  return (
    <div>
      {figures.bars.length > 0 && (
        <Text size="sm">{t('costTotal', { total: total ?? '', fixed: fixed ?? '' })}</Text>
      )}
      {warnings.map((warning) => (
        <Text key={warning} size="sm" c="var(--warning)">
          {warning}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {notes.join(' ')}{' '}
        <Anchor component={Link} to={billPagePath(siteId, monthOf(cost))} inherit underline="always">
          {t('costBill')}
        </Anchor>
      </Text>
    </div>
  );
}

/** The month of the newest day that is shown. */
function monthOf({ days, from }: SiteCost): string {
  return (days.at(-1)?.day ?? from).slice(0, 7);
}

function namesOf(names: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(names);
}
