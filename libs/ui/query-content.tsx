import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.js';
import { useProblemText } from './problem-text.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => Promise<unknown> };
  loading: ReactNode;
  children: (data: T) => ReactNode;
}

/** A query's three faces. Data that could not be refreshed stays on screen, and says so. */
export function QueryContent<T>({ query, loading, children }: Props<T>) {
  const t = useWords(uiWords);
  const textOf = useProblemText();
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    return query.error === null ? loading : <ErrorState error={query.error} onRetry={retry} />;
  }
  return (
    <>
      {query.error !== null && (
        <Text size="sm" c="var(--warning)" role="alert" p="xs">
          {t('notRefreshed', { reason: textOf(query.error).line })}
        </Text>
      )}
      {children(query.data)}
    </>
  );
}
