import { IconUsersGroup } from '@tabler/icons-react';
import { Navigate, type RouteObject } from 'react-router';
import {
  AppFrame,
  NotFoundPage,
  RequireSession,
  RouteError,
  SignInPage,
  type NavigationItem,
} from '#libs/ui';
import { CustomerPage } from './features/customers/customer-page.js';
import { CustomersPage } from './features/customers/customers-page.js';

const navigation: NavigationItem[] = [{ to: '/customers', label: 'Customers', Icon: IconUsersGroup }];

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/customers" replace /> },
  { path: 'customers', element: <CustomersPage /> },
  { path: 'customers/:code', element: <CustomerPage /> },
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
