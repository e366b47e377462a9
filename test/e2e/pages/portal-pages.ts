import type { TariffDetail } from '#libs/contracts';
import { brandingApi, loudBrand, plainBrand } from './branding-api.js';
import { importRunId, importsApi } from './imports-api.js';
import { accountsApi, newcomerApi, portalSessions, portalUsers } from './accounts-api.js';
import { apiTokens, apiTokensApi } from './api-tokens-api.js';
import { dashboards, dashboardsApi, unwritable, withoutGrafana } from './dashboards-api.js';
import { FakeProblem, firstOf, sessionApi, type FakeApi } from './page-server.js';
import { archivedSite, importPolicyApi, sitesApi, sitePagePath } from './sites-api.js';
import { broken, type PageInState } from './page-states.js';
import { portalAlerts, portalAlertsApi } from './portal-alerts-api.js';
import { fleetPushApi, isHeld, pushesWell, quarantined } from './portal-api.js';
import { exampleTariffs, tariffsApi } from './tariffs-api.js';

export const portalSession = sessionApi('Acme Power Monitoring', 'admin');

const signedOut: FakeApi = (request) => {
  if (request.path !== '/api/session') return portalSession(request);
  throw new FakeProblem({ status: 401, code: 'SIGN_IN_REQUIRED', title: 'Sign in first' });
};

const accounts = firstOf(portalSession, accountsApi(portalUsers(), portalSessions()));

/** Sites and their devices, and nothing of what was measured. */
const catalogueOnly: FakeApi = (request) =>
  /^\/api\/sites(\/[^/]+)?$/.test(request.path) ? sitesApi()(request) : undefined;

const examples = exampleTariffs();
const [french, withGap, withSeasons] = examples as [TariffDetail, TariffDetail, TariffDetail];
const tariffs = firstOf(portalSession, tariffsApi(examples));
const noTariffs = firstOf(portalSession, tariffsApi([]));
const versionPath = ({ id, versions }: TariffDetail) => `/tariffs/${id}/versions/${versions[0]?.id ?? ''}`;

/**
 * Every page of the portal, in every state worth a look: each is checked in both themes and both languages, wide and
 * narrow (looks.spec.ts). The first API that answers counts. page-list.spec.ts compares the list with the routes.
 */
export const portalPages: readonly PageInState[] = [
  { path: '/sign-in', name: 'sign-in', api: signedOut },
  { path: '/sign-in', name: 'sign-in-branded', api: firstOf(brandingApi(loudBrand).api, signedOut) },
  { path: '/settings/branding', name: 'branding', api: firstOf(brandingApi(plainBrand).api, portalSession) },
  {
    path: '/settings/branding',
    name: 'branding-changed',
    api: firstOf(brandingApi(loudBrand).api, portalSession),
  },
  {
    path: '/settings/fleet',
    name: 'fleet-branded',
    api: firstOf(brandingApi(loudBrand).api, portalSession, fleetPushApi(pushesWell, [])),
  },
  { path: '/nowhere', name: 'not-found', api: portalSession },
  { path: '/imports', name: 'imports', api: firstOf(portalSession, importsApi()) },
  { path: '/imports', name: 'imports-empty', api: firstOf(portalSession, importsApi({ empty: true })) },
  { path: '/imports?show=runs', name: 'imports-runs', api: firstOf(portalSession, importsApi()) },
  {
    path: `/imports?show=runs&run=${importRunId}`,
    name: 'imports-run',
    api: firstOf(portalSession, importsApi()),
  },
  { path: '/imports?show=mappings', name: 'imports-mappings', api: firstOf(portalSession, importsApi()) },
  { path: '/dashboards', name: 'dashboards', api: firstOf(portalSession, dashboardsApi(dashboards)) },
  {
    path: '/dashboards',
    name: 'dashboards-outdated',
    api: firstOf(portalSession, dashboardsApi({ ...dashboards, problem: unwritable }, { answers: false })),
  },
  {
    path: '/dashboards',
    name: 'dashboards-none',
    api: firstOf(portalSession, dashboardsApi(withoutGrafana)),
  },
  { path: '/sites', name: 'sites', api: firstOf(portalSession, sitesApi()) },
  { path: '/sites', name: 'sites-none', api: firstOf(portalSession, sitesApi([])) },
  { path: '/sites?state=archived', name: 'sites-archived', api: firstOf(portalSession, sitesApi()) },
  { path: '/sites?state=overdue', name: 'sites-overdue', api: firstOf(portalSession, sitesApi()) },
  { path: '/sites?q=02', name: 'sites-found', api: firstOf(portalSession, sitesApi()) },
  { path: `${sitePagePath.full}?range=week`, name: 'site', api: firstOf(portalSession, sitesApi()) },
  {
    path: `${sitePagePath.full}?range=month&by=channel&compare=previous`,
    name: 'site-channels',
    api: firstOf(portalSession, sitesApi()),
  },
  {
    path: sitePagePath.full,
    name: 'site-failing',
    mayMove: true,
    api: firstOf(portalSession, catalogueOnly, broken),
  },
  { path: sitePagePath.empty, name: 'site-empty', api: firstOf(portalSession, sitesApi()) },
  { path: sitePagePath.full, name: 'site-archived', api: firstOf(portalSession, sitesApi([archivedSite])) },
  {
    path: '/settings/import-policy',
    name: 'import-policy',
    api: firstOf(portalSession, importPolicyApi({ unknownDevices: 'create' })),
  },
  { path: '/tariffs', name: 'tariffs', api: tariffs },
  { path: '/tariffs', name: 'tariffs-none', api: noTariffs },
  { path: `/tariffs/${withGap.id}`, name: 'tariff', api: tariffs },
  { path: versionPath(french), name: 'tariff-version', api: tariffs },
  { path: versionPath(withSeasons), name: 'tariff-seasons', api: tariffs },
  { path: '/bills?month=2026-06', name: 'bills', api: tariffs },
  {
    path: `/bills?month=2026-06&compare=${withSeasons.id}&compare=${withGap.id}`,
    name: 'bills-compared',
    api: tariffs,
  },
  {
    path: `/bills?month=2026-06&compare=${withSeasons.id}&compare=018f0000-0000-7000-8000-00000000dead`,
    name: 'bills-compared-with-deleted',
    api: tariffs,
  },
  { path: '/bills', name: 'bills-no-tariff', api: noTariffs },
  {
    path: '/bills',
    name: 'bills-failing',
    mayMove: true,
    api: firstOf(portalSession, catalogueOnly, broken),
  },
  { path: '/bills', name: 'bills-no-site', api: firstOf(portalSession, sitesApi([]), tariffsApi(examples)) },
  { path: '/sites', name: 'first-password', api: firstOf(newcomerApi(), portalSession) },
  { path: '/settings/account', name: 'account', api: accounts },
  { path: '/settings/users', name: 'users', api: accounts },
  { path: '/settings/audit', name: 'audit', api: accounts },
  { path: '/settings/audit?action=site.deleted', name: 'audit-none', api: accounts },
  {
    path: '/settings/alerts',
    name: 'portal-alerts',
    api: firstOf(portalSession, portalAlertsApi(portalAlerts)),
  },
  { path: '/settings/alerts', name: 'portal-alerts-none', api: firstOf(portalSession, portalAlertsApi([])) },
  {
    path: '/settings/alerts?tab=destinations',
    name: 'portal-alert-destinations',
    api: firstOf(portalSession, portalAlertsApi(portalAlerts)),
  },
  { path: '/settings/fleet', name: 'fleet-well', api: firstOf(portalSession, fleetPushApi(pushesWell, [])) },
  {
    path: '/settings/fleet',
    name: 'fleet-held',
    api: firstOf(portalSession, fleetPushApi(isHeld, [quarantined])),
  },
  {
    path: '/settings/fleet',
    name: 'fleet-off',
    api: firstOf(portalSession, fleetPushApi({ ...pushesWell, enabled: false }, [])),
  },
  {
    path: '/settings/api-tokens',
    name: 'api-tokens',
    api: firstOf(portalSession, apiTokensApi([...apiTokens])),
  },
  { path: '/settings/api-tokens', name: 'api-tokens-none', api: firstOf(portalSession, apiTokensApi([])) },
];
