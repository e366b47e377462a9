import type { CustomerSort, PushHealth } from '#libs/contracts';
import { healthNames } from './push-health.js';

/** What the list of customers shows; the address keeps it. */
export interface CustomersView {
  q: string;
  /** Empty: all. */
  health: PushHealth[];
  sort: CustomerSort;
  order: 'asc' | 'desc';
  /** From 1. */
  page: number;
}

/** In the order of the columns; as `customerSort` in the contracts, which would bring all of zod along. */
export const customerSorts = {
  health: 'Push health',
  code: 'Code',
  name: 'Name',
  lastContactAt: 'Last contact',
  lastAcceptedAt: 'Last accepted',
  newestDataAt: 'Newest data point',
  lagSeconds: 'Lag',
  rowsPerHour: 'Rows/h',
  rejectedPercent: 'Rejected',
  backlogBatches: 'Backlog',
  stackVersion: 'Stack version',
  tokenCreatedAt: 'Token created',
} satisfies Record<CustomerSort, string>;

const isSort = (text: string): text is CustomerSort => Object.hasOwn(customerSorts, text);

/** Reads an address that somebody may have typed: what is not understood is as if it were not there. */
export function readView(params: URLSearchParams): CustomersView {
  const sort = params.get('sort') ?? '';
  const page = Number(params.get('page'));
  const health = (params.get('health') ?? '').split(',');
  return {
    q: (params.get('q') ?? '').trim().slice(0, 200),
    health: healthNames.filter((name) => health.includes(name)),
    sort: isSort(sort) ? sort : 'code',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
  };
}

/** The query of the API, and of the address; what is as by default is left out of it. */
export function viewQuery({
  q,
  health,
  sort,
  order,
  page,
}: CustomersView): Record<string, string | undefined> {
  return {
    q: q === '' ? undefined : q,
    health: health.length === 0 ? undefined : health.join(','),
    sort: sort === 'code' ? undefined : sort,
    order: order === 'asc' ? undefined : order,
    page: page === 1 ? undefined : String(page),
  };
}

/** The view after a change; another set of rows begins at its first page. */
export function changeView(view: CustomersView, change: Partial<CustomersView>): CustomersView {
  return { ...view, page: 1, ...change };
}
