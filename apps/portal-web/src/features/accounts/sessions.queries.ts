import { queryOptions } from '@tanstack/react-query';
import type { OwnSession } from '#libs/contracts';
import { api } from '#libs/ui';

export const sessionsKey = ['own-sessions'] as const;

export const sessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: ({ signal }) => api.get<{ sessions: OwnSession[] }>('/api/sessions', { signal }),
});
