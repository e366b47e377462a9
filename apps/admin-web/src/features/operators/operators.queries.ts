import { queryOptions } from '@tanstack/react-query';
import type { OperatorAccount } from '#libs/contracts';
import { api } from '#libs/ui';

export const operatorsKey = ['operators'] as const;

export const operatorsQuery = queryOptions({
  queryKey: operatorsKey,
  queryFn: ({ signal }) => api.get<{ operators: OperatorAccount[] }>('/api/operators', { signal }),
});

export function operatorPath(id: string, rest = ''): string {
  return `/api/operators/${encodeURIComponent(id)}${rest}`;
}
