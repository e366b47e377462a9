import type {
  CustomerActivity,
  CustomerDetail,
  CustomerSite,
  CustomerSummary,
  CustomerToken,
  IngestEvent,
  PushHealth,
} from '#libs/contracts';

const now = Date.now();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function ago(milliseconds: number): string {
  return new Date(now - milliseconds).toISOString();
}

export function uuid(number: number): string {
  return `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

const healths: PushHealth[] = [
  'healthy',
  'late',
  'stale',
  'rejecting',
  'auth-failing',
  'offline',
  'never-connected',
  'disabled',
];

const names = ['Acme Corp', 'Stadtwerke Nord', 'Hôtel de la Gare', 'Brauerei Köhler & Söhne', 'Cold Store 7'];

/** The first eight have one health each; the others are nearly all healthy. */
function healthAt(index: number): PushHealth {
  if (index < healths.length) return healths[index] ?? 'healthy';
  return index % 29 === 0 ? 'late' : 'healthy';
}

export function customerAt(index: number): CustomerSummary {
  const health = healthAt(index);
  const quiet = health === 'never-connected';
  const seconds = health === 'stale' ? 400_000 : health === 'offline' ? 20_000 : 75 + index;
  return {
    id: uuid(index),
    code: `ABC${String(index + 1).padStart(4, '0')}`,
    name: `${names[index % names.length] ?? ''} ${String(index + 1)}`,
    health,
    lastContactAt: quiet ? null : ago(health === 'offline' ? 5 * hour : minute),
    lastAcceptedAt: quiet ? null : ago(health === 'rejecting' ? 3 * hour : 2 * minute),
    newestDataAt: quiet ? null : ago(seconds * 1000),
    lagSeconds: quiet ? null : seconds,
    rowsPerHour: quiet ? 0 : 3_000 + 7 * index,
    rejectedPercent: quiet ? null : health === 'rejecting' ? 42.5 : 0,
    backlogBatches: quiet ? null : health === 'late' ? 318 : 0,
    oldestUnsentAt: health === 'late' ? ago(2 * hour) : null,
    stackVersion: quiet ? null : '0.1.0',
    tokenCreatedAt: ago((1 + (index % 90)) * day),
    createdAt: ago(120 * day),
  };
}

export const fleetOfThousand = Array.from({ length: 1_000 }, (_, index) => customerAt(index));

export function detailOf(customer: CustomerSummary): CustomerDetail {
  const quiet = customer.lastContactAt === null;
  return {
    ...customer,
    siteCount: quiet ? 0 : 2,
    deviceCount: quiet ? 0 : 3,
    channelCount: quiet ? 0 : 42,
    measurementCount: quiet ? 0 : 18_403_221,
    lastRejectedAt: customer.health === 'rejecting' ? ago(minute) : null,
    lastAuthFailedAt: customer.health === 'auth-failing' ? ago(minute) : null,
    disabledAt: customer.health === 'disabled' ? ago(3 * day) : null,
  };
}

export function activityOf(hours: number): CustomerActivity {
  const bucketSeconds = hours <= 24 ? 300 : hours <= 168 ? 3_600 : 86_400;
  const count = Math.floor((hours * 3_600) / bucketSeconds);
  const all = Array.from({ length: count }, (_, index) => index);
  // An outage in the middle: a bucket without a push is left out.
  const kept = all.filter((index) => index < count * 0.45 || index > count * 0.55);
  const wave = (index: number) => 1 + 0.4 * Math.sin(index / 9);
  return {
    bucketSeconds,
    times: kept.map((index) => now - (count - index) * bucketSeconds * 1000),
    rowsAccepted: kept.map((index) => Math.round(bucketSeconds * 0.8 * wave(index))),
    rowsRejected: kept.map((index) => (index % 40 === 0 ? bucketSeconds * 0.2 : 0)),
    batches: kept.map(() => bucketSeconds / 60),
    refusals: kept.map(() => 0),
    lagSeconds: kept.map((index) => 80 + 4_000 * Math.exp(-(((index - count * 0.56) / 8) ** 2))),
  };
}

const event: IngestEvent = {
  receivedAt: ago(0),
  outcome: 'accepted',
  type: 'measurements',
  requests: 1,
  code: null,
  message: null,
  rowsReceived: 5_000,
  rowsAccepted: 5_000,
  rowsDuplicate: 0,
  rowsRejected: 0,
  bytes: 41_233,
  durationMs: 38,
  senderVersion: '0.1.0',
};

/** Newest first; `page` from 0. */
export function eventsOf(page: number): IngestEvent[] {
  return Array.from({ length: 50 }, (_, index) => {
    const receivedAt = ago((page * 50 + index) * minute);
    if (index % 17 === 3) {
      return {
        ...event,
        receivedAt,
        outcome: 'refused',
        type: 'unknown',
        requests: 12,
        code: 'TOKEN_REVOKED',
        message: 'The token was revoked on 9 January 2026 by ops@wattfleet.example',
        rowsReceived: 0,
        rowsAccepted: 0,
        bytes: 0,
        durationMs: 1,
      };
    }
    if (index % 17 === 5) {
      return {
        ...event,
        receivedAt,
        rowsAccepted: 4_988,
        rowsRejected: 12,
        code: 'TIME_OUT_OF_RANGE',
        message: '12 rows are more than 24 h ahead of now',
      };
    }
    return { ...event, receivedAt, rowsDuplicate: index % 5, rowsAccepted: 5_000 - (index % 5) };
  });
}

function channel(number: number, label: string, unit: string, quantity: string) {
  return { id: uuid(number), label, name: quantity, unit, quantity };
}

export const sites: CustomerSite[] = [
  {
    id: uuid(1),
    slug: 'north-plant',
    name: 'North plant',
    timeZone: 'Europe/Paris',
    devices: [
      {
        id: uuid(10),
        serial: '02003107',
        masterId: null,
        channels: [
          channel(20, 'U1', 'V', 'Voltage'),
          channel(21, 'P', 'W', 'Power'),
          channel(22, 'E', 'kWh', 'Energy'),
        ],
      },
      { id: uuid(11), serial: '02003108', masterId: uuid(10), channels: [channel(23, 'Ch1', 'W', 'Power')] },
    ],
  },
  {
    id: uuid(2),
    slug: 'depot',
    name: 'Depot',
    timeZone: 'Asia/Kolkata',
    devices: [{ id: uuid(12), serial: 'AH-77', masterId: null, channels: [channel(24, 'P', 'W', 'Power')] }],
  },
];

export const tokens: CustomerToken[] = [
  {
    id: uuid(101),
    name: 'main',
    prefix: 'wf_abc0001_Xk3f',
    status: 'valid',
    createdAt: ago(2 * day),
    createdBy: 'ops@wattfleet.example',
    lastUsedAt: ago(minute),
    expiresAt: null,
    revokedAt: null,
  },
  {
    id: uuid(102),
    name: 'first',
    prefix: 'wf_abc0001_9qLm',
    status: 'expiring',
    createdAt: ago(90 * day),
    createdBy: 'ops@wattfleet.example',
    lastUsedAt: ago(hour),
    expiresAt: ago(-5 * hour),
    revokedAt: null,
  },
  {
    id: uuid(103),
    name: 'trial',
    prefix: 'wf_abc0001_Bb71',
    status: 'revoked',
    createdAt: ago(110 * day),
    createdBy: null,
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: ago(100 * day),
  },
];

export function countByHealth(customers: readonly CustomerSummary[]): Record<PushHealth, number> {
  const counts = healths.map((health) => [health, customers.filter((one) => one.health === health).length]);
  return Object.fromEntries(counts) as Record<PushHealth, number>;
}
