import { queryOptions } from '@tanstack/react-query';
import type { Municipality, StoredTariffExample, TariffDetail } from '#libs/contracts';
import { api } from '#libs/ui';

/** Municipalities, tariffs and versions: what changes one of them may change what is said of the others. */
export const tariffsKey = ['tariffs'] as const;

/** Who may change tariffs. */
export const tariffEditors = ['admin', 'editor'] as const;

export const municipalitiesQuery = queryOptions({
  queryKey: [...tariffsKey, 'municipalities'],
  queryFn: ({ signal }) => api.get<{ municipalities: Municipality[] }>('/api/municipalities', { signal }),
});

export const examplesQuery = queryOptions({
  queryKey: [...tariffsKey, 'examples'],
  queryFn: ({ signal }) => api.get<{ examples: StoredTariffExample[] }>('/api/tariffs/examples', { signal }),
  staleTime: Infinity,
});

export function tariffQuery(id: string) {
  return queryOptions({
    queryKey: [...tariffsKey, 'tariff', id],
    queryFn: ({ signal }) => api.get<TariffDetail>(tariffPath(id), { signal }),
  });
}

export function municipalityPath(id: string, rest = ''): string {
  return `/api/municipalities/${encodeURIComponent(id)}${rest}`;
}

export function tariffPath(id: string, rest = ''): string {
  return `/api/tariffs/${encodeURIComponent(id)}${rest}`;
}
