import { queryOptions } from '@tanstack/react-query';
import type { FleetPushStatus, QuarantinedEntry } from '#libs/contracts';
import { api } from '#libs/ui';

export const fleetPushKey = ['fleet-push'] as const;

/** While something moves, as often as one can follow. */
const movingMs = 2_000;
const refreshMs = 10_000;

export const fleetPushStatusQuery = queryOptions({
  queryKey: [...fleetPushKey, 'status'],
  queryFn: ({ signal }) => api.get<FleetPushStatus>('/api/fleet-push/status', { signal }),
  refetchInterval: ({ state: { data } }) => (data !== undefined && isMoving(data) ? movingMs : refreshMs),
});

export const quarantineQuery = queryOptions({
  queryKey: [...fleetPushKey, 'quarantine'],
  queryFn: ({ signal }) => api.get<{ entries: QuarantinedEntry[] }>('/api/fleet-push/quarantine', { signal }),
  refetchInterval: refreshMs,
});

/** The comparison that has not finished. */
export function runningReconcile({ reconcile }: FleetPushStatus) {
  return reconcile?.finishedAt === null ? reconcile : null;
}

function isMoving(status: FleetPushStatus): boolean {
  return status.state === 'sending' || runningReconcile(status) !== null;
}

export function quarantinePath(id: string, rest = ''): string {
  return `/api/fleet-push/quarantine/${encodeURIComponent(id)}${rest}`;
}
