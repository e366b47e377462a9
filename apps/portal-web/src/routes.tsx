import { Navigate, type RouteObject } from 'react-router';
import { NotFoundPage, RequireSession, RouteError, SignInPage } from '#libs/ui';
import { PortalFrame } from './shell/portal-frame.js';
import { SettingsFrame } from './shell/settings-frame.js';

/** Each is listed in `shell/settings-frame.tsx` too. */
const settings: RouteObject[] = [
  { index: true, element: <Navigate to="/settings/fleet" replace /> },
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
    path: 'imports',
    lazy: async () => ({ Component: (await import('./features/imports/imports-page.js')).ImportsPage }),
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
