import { apiTokens, apiTokensApi } from './api-tokens-api.js';
import { FakeProblem, firstOf, sessionApi, type FakeApi } from './page-server.js';
import { fleetPushApi, isHeld, pushesWell, quarantined } from './portal-api.js';

interface PortalPage {
  path: string;
  /** Of its pictures. */
  name: string;
  /** What it asks beside session and application. */
  api: FakeApi;
}

const signedIn = sessionApi('Acme Power Monitoring', 'admin');

const signedOut: FakeApi = (request) => {
  if (request.path !== '/api/session') return signedIn(request);
  throw new FakeProblem({ status: 401, code: 'SIGN_IN_REQUIRED', title: 'Sign in first' });
};

const broken: FakeApi = () => {
  throw new FakeProblem({
    status: 503,
    code: 'DATABASE_UNAVAILABLE',
    title: 'The database does not answer',
    remedy: 'Check that the database runs and that DATABASE_* is right.',
    requestId: 'req-77',
  });
};

/**
 * Every page of the portal, in every state worth a look: each is checked in both themes and both languages, wide and
 * narrow (looks.spec.ts). The first API that answers counts.
 */
export const portalPages: readonly PortalPage[] = [
  { path: '/sign-in', name: 'sign-in', api: signedOut },
  { path: '/nowhere', name: 'not-found', api: signedIn },
  { path: '/settings/fleet', name: 'fleet-error', api: firstOf(signedIn, broken) },
  { path: '/settings/fleet', name: 'fleet-well', api: firstOf(signedIn, fleetPushApi(pushesWell, [])) },
  {
    path: '/settings/fleet',
    name: 'fleet-held',
    api: firstOf(signedIn, fleetPushApi(isHeld, [quarantined])),
  },
  {
    path: '/settings/fleet',
    name: 'fleet-off',
    api: firstOf(signedIn, fleetPushApi({ ...pushesWell, enabled: false }, [])),
  },
  { path: '/settings/api-tokens', name: 'api-tokens', api: firstOf(signedIn, apiTokensApi([...apiTokens])) },
  { path: '/settings/api-tokens', name: 'api-tokens-none', api: firstOf(signedIn, apiTokensApi([])) },
];
