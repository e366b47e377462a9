import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { changeView, readView, viewQuery, type CustomersView } from './customers-view.js';

/** The view that the address holds, and the way to change it. */
export function useCustomersView() {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readView(params), [params]);
  const change = useCallback(
    (part: Partial<CustomersView>) =>
      setParams(
        (previous) => {
          const query = Object.entries(viewQuery(changeView(readView(previous), part)));
          return Object.fromEntries(
            query.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
          );
        },
        // Going back leaves the list instead of undoing every letter of the search.
        { replace: part.page === undefined },
      ),
    [setParams],
  );
  return { view, change };
}
