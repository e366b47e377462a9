import type { FleetPushStatus, QuarantinedEntry } from '#libs/contracts';
import { ago, uuid } from './admin-data.js';
import type { FakeApi } from './page-server.js';

export const pushesWell: FleetPushStatus = {
  enabled: true,
  url: 'https://admin.example.com',
  unsentBatches: 0,
  unsentRows: 0,
  quarantinedBatches: 0,
  quarantinedRows: 0,
  oldestUnsentAt: null,
  sentBatches: 4_210,
  sentRows: 20_913_004,
  lastSentAt: ago(40_000),
  state: 'idle',
  retryAt: null,
  lastError: null,
  reconcile: null,
};

export const isHeld: FleetPushStatus = {
  ...pushesWell,
  state: 'held',
  unsentBatches: 61,
  unsentRows: 304_118,
  quarantinedBatches: 1,
  quarantinedRows: 12,
  oldestUnsentAt: ago(7_200_000),
  retryAt: ago(-240_000),
  lastError: {
    at: ago(60_000),
    code: 'INGEST_TOKEN_INVALID',
    message: 'Admin does not know the token.',
    remedy: 'Set the token that Admin showed as FLEET_INGEST_TOKEN and restart the portal.',
  },
  reconcile: {
    reason: 'admin-behind',
    startedAt: ago(600_000),
    finishedAt: null,
    windowsDone: 12,
    windowsTotal: 104,
    rowsQueued: 48_311,
  },
};

export const quarantined: QuarantinedEntry = {
  id: uuid(401),
  quarantinedAt: ago(3_600_000),
  code: 'ROWS_REJECTED',
  message: 'Admin rejected 12 of 5,000 rows',
  rows: 12,
  sample: [1, 2, 3].map((index) => ({
    channelId: uuid(500 + index),
    channel: index === 3 ? null : `North plant / 02003107 / U${String(index)} (V)`,
    time: ago(-90_000_000),
    value: 231.4,
    code: 'TIME_OUT_OF_RANGE',
    message: 'The time is more than 24 h ahead',
  })),
};

/** The portal's API of the push. */
export function fleetPushApi(status: FleetPushStatus, entries: QuarantinedEntry[]): FakeApi {
  return ({ method, path }) => {
    if (method === 'GET' && path === '/api/fleet-push/status') return status;
    if (method === 'GET' && path === '/api/fleet-push/quarantine') return { entries };
    return undefined;
  };
}
