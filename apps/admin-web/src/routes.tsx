import {
  IconBell,
  IconLayoutDashboard,
  IconListDetails,
  IconUserShield,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Navigate, type RouteObject } from 'react-router';
import {
  AppFrame,
  NotFoundPage,
  RequireSession,
  RouteError,
  SignInPage,
  type NavigationItem,
} from '#libs/ui';
import { OpenAlertsBadge } from './features/alerts/open-alerts-badge.js';

const navigation: NavigationItem[] = [
  { to: '/fleet', label: 'Fleet', Icon: IconLayoutDashboard },
  { to: '/customers', label: 'Customers', Icon: IconUsersGroup },
  { to: '/alerts', label: 'Alerts', Icon: IconBell, Badge: OpenAlertsBadge },
  { to: '/audit', label: 'Audit', Icon: IconListDetails },
  { to: '/operators', label: 'Operators', Icon: IconUserShield },
];

// Each page is loaded when it is first shown.
const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/fleet" replace /> },
  {
    path: 'fleet',
    lazy: async () => ({ Component: (await import('./features/fleet/fleet-page.js')).FleetPage }),
  },
  {
    path: 'customers',
    lazy: async () => ({ Component: (await import('./features/customers/customers-page.js')).CustomersPage }),
  },
  {
    path: 'customers/:code',
    lazy: async () => ({ Component: (await import('./features/customers/customer-page.js')).CustomerPage }),
  },
  {
    path: 'alerts',
    lazy: async () => ({ Component: (await import('./features/alerts/alerts-page.js')).AlertsPage }),
  },
  {
    path: 'audit',
    lazy: async () => ({ Component: (await import('./features/audit/audit-page.js')).AuditPage }),
  },
  {
    path: 'operators',
    lazy: async () => ({ Component: (await import('./features/operators/operators-page.js')).OperatorsPage }),
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
