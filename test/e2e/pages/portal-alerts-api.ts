import type { PortalAlert } from '#libs/contracts';
import { ago, uuid } from './admin-data.js';
import { alertDestinations } from './fleet-data.js';
import type { FakeApi } from './page-server.js';

const hour = 3_600_000;
const site = { id: uuid(501), slug: 'north-plant', name: 'North plant' };

export const portalAlerts: readonly PortalAlert[] = [
  {
    id: uuid(951),
    kind: 'overdue',
    subject: { site, device: { serial: '02003107', name: 'Cold store' }, source: null },
    summary: 'No file for 3 h 20 min, usually every 10 min',
    raisedAt: ago(3 * hour),
    resolvedAt: null,
  },
  {
    id: uuid(952),
    kind: 'source-failed',
    subject: { site: null, device: null, source: 'import folder' },
    summary: 'Files cannot be collected: There is no folder to import from',
    raisedAt: ago(30 * hour),
    resolvedAt: ago(29 * hour),
  },
];

export function portalAlertsApi(alerts: readonly PortalAlert[]): FakeApi {
  return ({ method, path }) => {
    if (method === 'GET' && path === '/api/alerts') return { alerts, nextBefore: null };
    if (method === 'GET' && path === '/api/alerts/destinations') return alertDestinations;
    return undefined;
  };
}
