import { Navigate, type RouteObject } from 'react-router';
import { NotFoundPage, RequireSession, RouteError, SignInPage } from '#libs/ui';
import { PortalFrame } from './shell/portal-frame.js';
import { SettingsFrame } from './shell/settings-frame.js';

/** Each is listed in `shell/settings-frame.tsx` too. */
const settings: RouteObject[] = [
  { index: true, element: <Navigate to="/settings/account" replace /> },
  {
    path: 'account',
    lazy: async () => ({ Component: (await import('./features/accounts/account-page.js')).AccountPage }),
  },
  {
    path: 'users',
    lazy: async () => ({ Component: (await import('./features/accounts/users-page.js')).UsersPage }),
  },
  {
    path: 'audit',
    lazy: async () => ({ Component: (await import('./features/audit/audit-page.js')).AuditPage }),
  },
  {
    path: 'branding',
    lazy: async () => ({ Component: (await import('./features/branding/branding-page.js')).BrandingPage }),
  },
  {
    path: 'alerts',
    lazy: async () => ({ Component: (await import('./features/alerts/alerts-page.js')).AlertsPage }),
  },
  {
    path: 'import-policy',
    lazy: async () => ({
      Component: (await import('./features/sites/import-policy-page.js')).ImportPolicyPage,
    }),
  },
  {
    path: 'fleet',
    lazy: async () => ({
      Component: (await import('./features/fleet-push/fleet-push-page.js')).FleetPushPage,
    }),
  },
  {
    path: 'api-tokens',
    lazy: async () => ({
      Component: (await import('./features/api-tokens/api-tokens-page.js')).ApiTokensPage,
    }),
  },
];

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/sites" replace /> },
  {
    path: 'sites',
    lazy: async () => ({ Component: (await import('./features/sites/sites-page.js')).SitesPage }),
  },
  {
    path: 'sites/:id',
    lazy: async () => ({ Component: (await import('./features/sites/site-page.js')).SitePage }),
  },
  {
    path: 'dashboards',
    lazy: async () => ({
      Component: (await import('./features/dashboards/dashboards-page.js')).DashboardsPage,
    }),
  },
  {
    path: 'imports',
    lazy: async () => ({ Component: (await import('./features/imports/imports-page.js')).ImportsPage }),
  },
  {
    path: 'bills',
    lazy: async () => ({ Component: (await import('./features/bills/bills-page.js')).BillsPage }),
  },
  {
    path: 'tariffs',
    lazy: async () => ({ Component: (await import('./features/tariffs/tariffs-page.js')).TariffsPage }),
  },
  {
    path: 'tariffs/:id',
    lazy: async () => ({ Component: (await import('./features/tariffs/tariff-page.js')).TariffPage }),
  },
  {
    path: 'tariffs/:id/versions/:versionId',
    lazy: async () => ({
      Component: (await import('./features/tariff-editor/version-page.js')).VersionPage,
    }),
  },
  { path: 'settings', element: <SettingsFrame />, children: settings },
  { path: '*', element: <NotFoundPage /> },
];

export const routes: RouteObject[] = [
  { path: '/sign-in', element: <SignInPage /> },
  {
    path: '/',
    element: (
      <RequireSession>
        <PortalFrame />
      </RequireSession>
    ),
    children: [{ errorElement: <RouteError />, children: pages }],
  },
];
