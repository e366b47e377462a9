import { adminApi } from './admin-api.js';
import { fleetOfThousand } from './admin-data.js';
import { FakeProblem, firstOf, sessionApi, type FakeApi } from './page-server.js';
import type { PageInState } from './page-states.js';

export const adminSession = sessionApi('Wattfleet Admin', 'admin');

const signedOut: FakeApi = (request) => {
  if (request.path !== '/api/session') return adminSession(request);
  throw new FakeProblem({ status: 401, code: 'SIGN_IN_REQUIRED', title: 'Sign in first' });
};

const signedIn = firstOf(adminSession, adminApi([...fleetOfThousand]));

/** Every page of Admin, in every state worth a look; page-list.spec.ts compares it with the routes. */
export const adminPages: readonly PageInState[] = [
  { path: '/sign-in', name: 'sign-in', shows: 'form', api: signedOut },
  { path: '/nowhere', name: 'not-found', shows: 'h1', api: signedIn },
  ...[
    { path: '/fleet', name: 'fleet', shows: 'figure[aria-labelledby] canvas >> nth=1' },
    { path: '/customers', name: 'customers', shows: 'table[aria-label=Customers] tbody tr >> nth=49' },
    { path: '/customers?q=nobody', name: 'customers-none', shows: 'text=No customer matches' },
    { path: '/customers/ABC0001', name: 'customer', shows: 'figure canvas >> nth=1' },
    { path: '/customers/ABC0001?tab=events', name: 'customer-events', shows: 'table tbody tr >> nth=49' },
    { path: '/customers/ABC0001?tab=sites', name: 'customer-sites', shows: 'text=North plant' },
    { path: '/customers/ABC0001?tab=tokens', name: 'customer-tokens', shows: 'text=Begins with' },
    { path: '/customers/ABC0007', name: 'customer-waiting', shows: 'text=Waiting for the first push' },
    { path: '/customers/NOBODY', name: 'customer-unknown', shows: 'text=There is no such customer' },
    { path: '/alerts', name: 'alerts', shows: 'table tbody tr >> nth=1' },
    { path: '/alerts?tab=rules', name: 'alert-rules', shows: 'table tbody tr >> nth=3' },
    { path: '/alerts?tab=destinations', name: 'alert-destinations', shows: 'table tbody tr >> nth=1' },
    { path: '/audit', name: 'audit', shows: 'table tbody tr >> nth=1' },
    { path: '/operators', name: 'operators', shows: 'table tbody tr >> nth=1' },
  ].map((page) => ({ ...page, api: signedIn })),
];
