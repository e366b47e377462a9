import type {
  CustomerPage,
  CustomerSummary,
  CustomerWithToken,
  PushHealth,
  RegisterCustomerBody,
} from '#libs/contracts';
import {
  activityOf,
  ago,
  countByHealth,
  customerAt,
  detailOf,
  eventsOf,
  sites,
  tokens,
} from './admin-data.js';
import {
  alertDestinations,
  alertRules,
  alerts,
  auditEvents,
  fleetOverview,
  operators,
} from './fleet-data.js';
import { FakeProblem, type ApiRequest, type FakeApi } from './page-server.js';

const token = `wf_xyz0042_${'a1B2'.repeat(10)}abc_0badc0de`;

/** Admin's API over a list of customers, as far as its pages ask. */
export function adminApi(customers: CustomerSummary[]): FakeApi {
  return (request) => {
    const [, code, rest] = /^\/api\/customers\/([A-Z0-9-]+)(\/.*)?$/.exec(request.path) ?? [];
    if (code !== undefined) return customerApi(customers, code, rest ?? '', request);
    switch (`${request.method} ${request.path}`) {
      case 'GET /api/customers':
        return listCustomers(customers, request.query);
      case 'POST /api/customers':
        return register(customers, request.body as RegisterCustomerBody);
      case 'GET /api/fleet/overview':
        return fleetOverview(customers);
      case 'GET /api/audit':
        return { events: auditEvents, nextBefore: null };
      case 'GET /api/operators':
        return { operators };
      case 'GET /api/alerts':
        return { alerts, nextBefore: null, openCount: 2 };
      case 'GET /api/alerts/rules':
        return { rules: alertRules };
      case 'GET /api/alerts/destinations':
        return alertDestinations;
      default:
        return undefined;
    }
  };
}

function customerApi(customers: CustomerSummary[], code: string, rest: string, request: ApiRequest): unknown {
  const customer = customers.find((one) => one.code === code);
  if (customer === undefined) {
    throw new FakeProblem({ status: 404, code: 'CUSTOMER_NOT_FOUND', title: 'There is no such customer' });
  }
  switch (`${request.method} ${rest}`) {
    case 'GET ':
      return detailOf(customer);
    case 'GET /activity':
      return activityOf(Number(request.query.get('hours') ?? 24));
    case 'GET /events': {
      const older = request.query.get('before') !== null;
      const all = eventsOf(older ? 1 : 0);
      const wanted = request.query.get('problems') === 'true' ? all.filter(({ code }) => code !== null) : all;
      return { events: wanted, nextBefore: older ? null : (all.at(-1)?.receivedAt ?? null) };
    }
    case 'GET /sites':
      return { sites };
    case 'GET /tokens':
      return { tokens };
    case 'POST /tokens/rotate':
      return { customer: detailOf(customer), token } satisfies CustomerWithToken;
    case 'GET /size':
      return { sites: 2, devices: 3, channels: 42, measurements: 18_403_221, events: 9_120 };
    default:
      return undefined;
  }
}

function listCustomers(customers: CustomerSummary[], query: URLSearchParams): CustomerPage {
  const text = (query.get('q') ?? '').toLowerCase();
  const health = (query.get('health') ?? '').split(',').filter((one) => one !== '') as PushHealth[];
  const sort = (query.get('sort') ?? 'code') as keyof CustomerSummary;
  const direction = query.get('order') === 'desc' ? -1 : 1;
  const found = customers
    .filter((one) => `${one.code} ${one.name}`.toLowerCase().includes(text))
    .filter((one) => health.length === 0 || health.includes(one.health))
    .toSorted((a, b) => direction * ((a[sort] ?? 0) < (b[sort] ?? 0) ? -1 : 1));
  const size = Number(query.get('pageSize') ?? 50);
  const first = (Number(query.get('page') ?? 1) - 1) * size;
  return {
    customers: found.slice(first, first + size),
    total: found.length,
    byHealth: countByHealth(customers),
  };
}

function register(customers: CustomerSummary[], { code, name }: RegisterCustomerBody): CustomerWithToken {
  if (customers.some((one) => one.code === code)) {
    throw new FakeProblem({ status: 409, code: 'CUSTOMER_EXISTS', title: 'The code is taken' });
  }
  // The seventh of the list has never connected.
  const customer = { ...customerAt(6), id: '018f0000-0000-7000-8000-0000000f0042', code, name };
  customers.push(customer);
  return { customer: detailOf(customer), token };
}

/** The first push of a customer arrives. */
export function pushFirst(customers: CustomerSummary[], code: string): void {
  const customer = customers.find((one) => one.code === code);
  if (customer === undefined) throw new Error(`no customer ${code}`);
  Object.assign(customer, {
    health: 'healthy',
    lastContactAt: ago(0),
    lastAcceptedAt: ago(0),
    newestDataAt: ago(60_000),
    lagSeconds: 60,
  });
}
