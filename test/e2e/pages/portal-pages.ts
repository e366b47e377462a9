import { brandingApi, loudBrand, plainBrand } from './branding-api.js';
import { importsApi } from './imports-api.js';
import { accountsApi, newcomerApi, portalSessions, portalUsers } from './accounts-api.js';
import { apiTokens, apiTokensApi } from './api-tokens-api.js';
import { FakeProblem, firstOf, sessionApi, type FakeApi } from './page-server.js';
import { archivedSite, importPolicyApi, sitesApi, sitePagePath } from './sites-api.js';
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

const accounts = firstOf(signedIn, accountsApi(portalUsers(), portalSessions()));

/**
 * Every page of the portal, in every state worth a look: each is checked in both themes and both languages, wide and
 * narrow (looks.spec.ts). The first API that answers counts.
 */
export const portalPages: readonly PortalPage[] = [
  { path: '/sign-in', name: 'sign-in', api: signedOut },
  { path: '/sign-in', name: 'sign-in-branded', api: firstOf(brandingApi(loudBrand).api, signedOut) },
  { path: '/settings/branding', name: 'branding', api: firstOf(brandingApi(plainBrand).api, signedIn) },
  {
    path: '/settings/branding',
    name: 'branding-changed',
    api: firstOf(brandingApi(loudBrand).api, signedIn),
  },
  { path: '/settings/branding', name: 'branding-error', api: firstOf(signedIn, broken) },
  {
    path: '/settings/fleet',
    name: 'fleet-branded',
    api: firstOf(brandingApi(loudBrand).api, signedIn, fleetPushApi(pushesWell, [])),
  },
  { path: '/nowhere', name: 'not-found', api: signedIn },
  { path: '/imports', name: 'imports', api: firstOf(signedIn, importsApi()) },
  { path: '/imports', name: 'imports-empty', api: firstOf(signedIn, importsApi({ empty: true })) },
  { path: '/imports?show=runs', name: 'imports-runs', api: firstOf(signedIn, importsApi()) },
  { path: '/imports?show=mappings', name: 'imports-mappings', api: firstOf(signedIn, importsApi()) },
  { path: '/imports', name: 'imports-error', api: firstOf(signedIn, broken) },
  { path: '/sites', name: 'sites', api: firstOf(signedIn, sitesApi()) },
  { path: '/sites', name: 'sites-none', api: firstOf(signedIn, sitesApi([])) },
  { path: '/sites?state=archived', name: 'sites-archived', api: firstOf(signedIn, sitesApi()) },
  { path: '/sites?q=02', name: 'sites-found', api: firstOf(signedIn, sitesApi()) },
  { path: '/sites', name: 'sites-error', api: firstOf(signedIn, broken) },
  { path: `${sitePagePath.full}?range=week`, name: 'site', api: firstOf(signedIn, sitesApi()) },
  {
    path: `${sitePagePath.full}?range=month&by=channel&compare=previous`,
    name: 'site-channels',
    api: firstOf(signedIn, sitesApi()),
  },
  { path: sitePagePath.empty, name: 'site-empty', api: firstOf(signedIn, sitesApi()) },
  { path: sitePagePath.full, name: 'site-archived', api: firstOf(signedIn, sitesApi([archivedSite])) },
  {
    path: '/settings/import-policy',
    name: 'import-policy',
    api: firstOf(signedIn, importPolicyApi({ unknownDevices: 'create' })),
  },
  { path: '/sites', name: 'first-password', api: firstOf(newcomerApi(), signedIn) },
  { path: '/settings/account', name: 'account', api: accounts },
  { path: '/settings/account', name: 'account-error', api: firstOf(signedIn, broken) },
  { path: '/settings/users', name: 'users', api: accounts },
  { path: '/settings/audit', name: 'audit', api: accounts },
  { path: '/settings/audit?action=site.deleted', name: 'audit-none', api: accounts },
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
