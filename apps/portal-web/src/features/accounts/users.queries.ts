import { queryOptions } from '@tanstack/react-query';
import type { UserAccount } from '#libs/contracts';
import { api } from '#libs/ui';

export const usersKey = ['users'] as const;

export const usersQuery = queryOptions({
  queryKey: usersKey,
  queryFn: ({ signal }) => api.get<{ users: UserAccount[] }>('/api/users', { signal }),
});

export function userPath(id: string, rest = ''): string {
  return `/api/users/${encodeURIComponent(id)}${rest}`;
}
