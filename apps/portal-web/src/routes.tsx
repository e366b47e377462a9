import { IconBuildingFactory2, IconFileImport, IconSettings } from '@tabler/icons-react';
import { Navigate, type RouteObject } from 'react-router';
import {
  AppFrame,
  NotFoundPage,
  RequireSession,
  RouteError,
  SignInPage,
  type NavigationItem,
} from '#libs/ui';
import { ImportsPage } from './features/imports/imports-page.js';
import { SitePage } from './features/sites/site-page.js';
import { SitesPage } from './features/sites/sites-page.js';

const navigation: NavigationItem[] = [
  { to: '/sites', label: 'Sites', Icon: IconBuildingFactory2 },
  { to: '/imports', label: 'Imports', Icon: IconFileImport },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
];

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/sites" replace /> },
  { path: 'sites', element: <SitesPage /> },
  { path: 'sites/:id', element: <SitePage /> },
  { path: 'imports', element: <ImportsPage /> },
  { path: 'settings', element: <Navigate to="/settings/fleet" replace /> },
  {
    path: 'settings/fleet',
    lazy: async () => ({
      Component: (await import('./features/fleet-push/fleet-push-page.js')).FleetPushPage,
    }),
  },
  { path: '*', element: <NotFoundPage /> },
];

export const routes: RouteObject[] = [
  { path: '/sign-in', element: <SignInPage /> },
  {
    path: '/',
    element: (
      <RequireSession>
        <AppFrame navigation={navigation} />
      </RequireSession>
    ),
    children: [{ errorElement: <RouteError />, children: pages }],
  },
];
