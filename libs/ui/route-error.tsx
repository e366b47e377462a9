import { useRouteError } from 'react-router';
import { EmptyState } from './empty-state.js';
import { ErrorState } from './error-state.js';
import { PageHeader } from './page-header.js';
import { IconMapQuestion } from '@tabler/icons-react';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

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
  const t = useWords(uiWords);
  return (
    <>
      <PageHeader title={t('pageNotFound')} />
      <EmptyState Icon={IconMapQuestion} title={t('nothingHere')}>
        {t('checkAddress')}
      </EmptyState>
    </>
  );
}
