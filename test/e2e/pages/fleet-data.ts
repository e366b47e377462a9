import type {
  Alert,
  AlertDestinations,
  AlertRule,
  AuditEvent,
  CustomerSummary,
  FleetOverview,
  OperatorAccount,
} from '#libs/contracts';
import { activityOf, ago, countByHealth, uuid } from './admin-data.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function fleetOverview(customers: readonly CustomerSummary[]): FleetOverview {
  const activity = activityOf(24);
  return {
    customers: customers.length,
    byHealth: countByHealth(customers),
    rowsPerSecond: 1_834.2,
    ingest: {
      bucketSeconds: 300,
      times: activity.times,
      rowsPerSecond: activity.rowsAccepted.map((rows) => (1_000 * rows) / 300),
      rejectedPerSecond: activity.rowsRejected.map((rows) => (20 * rows) / 300),
    },
    energy: {
      computedAt: ago(4 * minute),
      days: Array.from({ length: 30 }, (_, index) => ({
        day: ago((29 - index) * day).slice(0, 10),
        energyKwh: 90_000 + 20_000 * Math.sin(index) + (index === 29 ? -60_000 : 0),
        coverage: index === 29 ? 0.4 : index === 12 ? 0.7 : 0.99,
        customers: 990,
      })),
      biggestChanges: customers.slice(0, 5).map(({ code, name }, index) => ({
        code,
        name,
        day: ago(day).slice(0, 10),
        energyKwh: 120 * (index + 1),
        usualKwh: 900,
        changePercent: (100 * (120 * (index + 1) - 900)) / 900 + (index === 4 ? 90 : 0),
      })),
    },
  };
}

const notice = {
  destination: 'ops@wattfleet.example',
  event: 'raised',
  attempts: 1,
  lastError: null,
} as const;

export const alerts: Alert[] = [
  {
    id: uuid(201),
    kind: 'offline',
    customer: { code: 'ABC0006', name: 'Acme Corp 6' },
    summary: 'No contact for 5 h (limit 1 h)',
    raisedAt: ago(4 * hour),
    resolvedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    notices: [
      { ...notice, sentAt: ago(4 * hour) },
      {
        ...notice,
        destination: 'https://hooks.example.com/wattfleet',
        sentAt: null,
        attempts: 3,
        lastError: 'answered 503',
      },
    ],
  },
  {
    id: uuid(202),
    kind: 'rejection',
    customer: { code: 'ABC0004', name: 'Brauerei Köhler & Söhne 4' },
    summary: '42.5 % of the rows of the last hour were rejected (limit 5 %)',
    raisedAt: ago(2 * hour),
    resolvedAt: null,
    acknowledgedAt: ago(hour),
    acknowledgedBy: 'ops@wattfleet.example',
    notices: [],
  },
];

export const alertRules: AlertRule[] = [
  { kind: 'lag', enabled: true, threshold: 1_440, holdMinutes: 5 },
  { kind: 'rejection', enabled: true, threshold: 5, holdMinutes: 5 },
  { kind: 'auth-failure', enabled: true, threshold: null, holdMinutes: 5 },
  { kind: 'offline', enabled: false, threshold: 60, holdMinutes: 5 },
];

export const alertDestinations: AlertDestinations = {
  emailConfigured: false,
  destinations: [
    {
      id: uuid(301),
      type: 'webhook',
      address: 'https://hooks.example.com/wattfleet',
      enabled: true,
      lastSentAt: ago(day),
      lastError: { at: ago(hour), message: 'answered 503' },
    },
    {
      id: uuid(302),
      type: 'email',
      address: 'ops@wattfleet.example',
      enabled: true,
      lastSentAt: null,
      lastError: null,
    },
  ],
};

export const auditEvents: AuditEvent[] = [
  {
    id: 4,
    at: ago(minute),
    account: 'ops@wattfleet.example',
    action: 'token.rotated',
    customer: 'ABC0001',
    summary: 'Rotated token "main", old ones end in 24 h',
    requestId: 'req-4f',
  },
  {
    id: 3,
    at: ago(hour),
    account: 'ops@wattfleet.example',
    action: 'session.signed-in',
    customer: null,
    summary: 'Signed in from 127.0.0.1',
    requestId: null,
  },
];

export const operators: OperatorAccount[] = [
  {
    id: uuid(1),
    email: 'ops@wattfleet.example',
    role: 'admin',
    createdAt: ago(100 * day),
    lastSignedInAt: ago(hour),
  },
  {
    id: uuid(2),
    email: 'night-shift@wattfleet.example',
    role: 'operator',
    createdAt: ago(10 * day),
    lastSignedInAt: null,
  },
];
