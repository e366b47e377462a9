import { queryOptions } from '@tanstack/react-query';
import type { AddApiTokenBody, AddedApiToken, ApiToken } from '#libs/contracts';
import { api } from '#libs/ui';

export const apiTokensKey = ['api-tokens'] as const;

export const apiTokensQuery = queryOptions({
  queryKey: apiTokensKey,
  queryFn: ({ signal }) => api.get<{ tokens: ApiToken[] }>('/api/api-tokens', { signal }),
  refetchInterval: 30_000,
});

export function addApiToken(body: AddApiTokenBody): Promise<AddedApiToken> {
  return api.post('/api/api-tokens', body);
}

export function revokeApiToken(id: string): Promise<void> {
  return api.delete(`/api/api-tokens/${encodeURIComponent(id)}`);
}
