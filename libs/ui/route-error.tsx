import { useRouteError } from 'react-router';
import { EmptyState } from './empty-state.js';
import { ErrorState } from './error-state.js';
import { PageHeader } from './page-header.js';
import { IconMapQuestion } from '@tabler/icons-react';

/** For a route's `errorElement`: a page that broke while it was drawn. */
export function RouteError() {
  const error = useRouteError();
  return (
    <ErrorState
      error={error instanceof Error ? error : new Error(String(error))}
      onRetry={() => window.location.reload()}
    />
  );
}

/** For the route `*`. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState Icon={IconMapQuestion} title="There is nothing at this address">
        Check the address, or choose a page in the navigation.
      </EmptyState>
    </>
  );
}
