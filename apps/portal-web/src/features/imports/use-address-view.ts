import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/**
 * The view that the address holds, and the way to change it. Other parameters, as the open tab, stay as they are.
 * @param read and `write` are constants of a module
 */
export function useAddressView<View extends { page: number }>(
  read: (params: URLSearchParams) => View,
  write: (view: View) => Record<string, string>,
) {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => read(params), [params, read]);
  const change = useCallback(
    (part: Partial<View>) =>
      setParams(
        (previous) => {
          const before = read(previous);
          for (const name of Object.keys(write(before))) previous.delete(name);
          // Another set of rows begins at its first page.
          const changed = Object.entries(write({ ...before, page: 1, ...part }));
          for (const [name, value] of changed) previous.set(name, value);
          return previous;
        },
        // Going back leaves the list instead of undoing every letter of the search.
        { replace: part.page === undefined },
      ),
    [read, setParams, write],
  );
  return { view, change };
}
