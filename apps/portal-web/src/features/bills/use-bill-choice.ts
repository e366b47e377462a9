import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { SiteSummary } from '#libs/contracts';
import { lastMonth, parseMonth, periodOfMonth } from './bill-period.js';
import type { BillQuestion } from './bills.queries.js';

export interface BillChoiceState {
  question: BillQuestion;
  month: string;
  /** Ids of the tariffs that are compared. */
  compared: string[];
  /** Null takes a choice back. */
  choose: (changes: { site?: string; month?: string; tariff?: string | null; compare?: string[] }) => void;
}

/** Site, month and tariffs as the address has them: the first site and the last complete month at first. */
export function useBillChoice(sites: readonly SiteSummary[]): BillChoiceState {
  const [params, setParams] = useSearchParams();
  const [newest] = useState(() => lastMonth(new Date()));
  const asked = params.get('site');
  const first = sites.find(({ archivedAt }) => archivedAt === null) ?? sites[0];
  const siteId = sites.find(({ id }) => id === asked)?.id ?? first?.id ?? '';
  const month = parseMonth(params.get('month')) ?? newest;
  const tariff = params.get('tariff') ?? undefined;
  const choose: BillChoiceState['choose'] = (changes) => {
    const next = new URLSearchParams(params);
    if (changes.site !== undefined) next.set('site', changes.site);
    if (changes.month !== undefined) next.set('month', changes.month);
    if (changes.tariff === null) next.delete('tariff');
    else if (changes.tariff !== undefined) next.set('tariff', changes.tariff);
    if (changes.compare !== undefined) {
      next.delete('compare');
      for (const id of changes.compare) next.append('compare', id);
    }
    setParams(next, { replace: true });
  };
  return {
    question: { siteId, ...periodOfMonth(month), tariff },
    month,
    compared: params.getAll('compare'),
    choose,
  };
}
