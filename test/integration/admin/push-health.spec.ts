import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminDatabase } from '../../../apps/admin/src/admin.database.js';
import { healthThresholds, healthVariables } from '../../../apps/admin/src/customers/customers.config.js';
import { pushHealthSql } from '../../../apps/admin/src/customers/push-health.js';
import { readEnvironment } from '#libs/config';
import { openTestDatabase } from '../test-database.js';

const thresholds = healthThresholds(readEnvironment(healthVariables, {}));
const now = `'2026-06-01T12:00:00Z'::timestamptz`;
const day = 86_400;

/** Seconds before now of each timestamp; what is left out is null. */
interface Ages {
  disabled?: number;
  created?: number;
  contact?: number;
  resumed?: number;
  accepted?: number;
  rejected?: number;
  authFailed?: number;
  newest?: number;
  oldestUnsent?: number;
}

const well: Ages = { created: 90 * day, contact: 10, accepted: 10, newest: 60 };
let database: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  database = await openTestDatabase(adminDatabase);
});
afterAll(() => database.close());

async function healthOf(ages: Ages): Promise<string | undefined> {
  const ago = (seconds: number | undefined) =>
    seconds === undefined ? null : new Date(Date.UTC(2026, 5, 1, 12) - seconds * 1_000);
  const rows: { health: string }[] = await database.dataSource.query(
    `WITH customer AS (SELECT $1::timestamptz AS disabled_at, $2::timestamptz AS created_at,
       $3::timestamptz AS last_contact_at, $4::timestamptz AS contact_resumed_at, $5::timestamptz AS last_accepted_at,
       $6::timestamptz AS last_rejected_at, $7::timestamptz AS last_auth_failed_at, $8::timestamptz AS newest_data_at,
       $9::timestamptz AS oldest_unsent_at)
     SELECT ${pushHealthSql(thresholds, 'customer', now)} AS health FROM customer`,
    [
      ages.disabled,
      ages.created,
      ages.contact,
      ages.resumed,
      ages.accepted,
      ages.rejected,
      ages.authFailed,
      ages.newest,
      ages.oldestUnsent,
    ].map(ago),
  );
  return rows[0]?.health;
}

describe('push health', () => {
  it.each<[health: string, when: string, ages: Ages]>([
    ['healthy', 'data was taken just now', {}],
    ['healthy', 'it is in contact but has no news', { accepted: day }],
    [
      'never-connected',
      'it never was in contact',
      { contact: undefined, accepted: undefined, newest: undefined },
    ],
    ['never-connected', 'a wrong token was used long ago', { contact: undefined, authFailed: day }],
    ['disabled', 'it is disabled, whatever else', { disabled: 1, authFailed: 1, rejected: 1 }],

    ['healthy', 'it was in contact 180 s ago', { contact: 180 }],
    ['late', 'it was in contact more than 180 s ago', { contact: 181 }],
    ['late', 'it was in contact an hour ago', { contact: 3_600 }],
    ['offline', 'it was in contact more than an hour ago', { contact: 3_601 }],
    ['late', 'it was refused, and then fell silent', { contact: 600, rejected: 600 }],
    ['late', 'it came back 299 s ago', { resumed: 299 }],
    ['healthy', 'it came back 300 s ago', { resumed: 300 }],
    ['offline', 'it came back and went again', { contact: 4_000, resumed: 4_100 }],

    ['healthy', 'its oldest unsent entry was 900 s old at the last contact', { oldestUnsent: 910 }],
    ['late', 'its oldest unsent entry was older than 900 s at the last contact', { oldestUnsent: 911 }],
    ['healthy', 'its backlog ages between two contacts', { contact: 100, oldestUnsent: 990 }],

    ['auth-failing', 'its token has just been refused', { contact: 600, authFailed: 5 }],
    ['auth-failing', 'one of two senders has a wrong token', { contact: 5, authFailed: 200 }],
    ['healthy', 'a wrong token was used 300 s ago and the right one since', { authFailed: 300 }],
    ['auth-failing', 'it tries a wrong token every half an hour', { contact: 9 * day, authFailed: 1_800 }],
    ['auth-failing', 'its first token is wrong', { contact: undefined, accepted: undefined, authFailed: 5 }],
    ['offline', 'it tried a wrong token and then fell silent', { contact: 9 * day, authFailed: 3_601 }],

    ['rejecting', 'the newest batch was refused', { accepted: 400, rejected: 350 }],
    ['rejecting', 'nothing was ever taken', { accepted: undefined, rejected: day }],
    ['rejecting', 'good and bad batches take turns', { accepted: 10, rejected: 299 }],
    ['healthy', 'the last refusal is 300 s ago and a batch was taken since', { rejected: 300 }],

    ['healthy', 'its newest measurement is 48 h old', { newest: 2 * day }],
    ['stale', 'its newest measurement is older than 48 h', { newest: 2 * day + 1 }],
    ['healthy', 'it is new and has no measurement yet', { created: day, newest: undefined }],
    ['stale', 'it has none after two days', { created: 3 * day, newest: undefined }],
    ['rejecting', 'it is stale because all is refused', { rejected: 5, newest: 9 * day }],
    ['healthy', 'its clock is ahead', { newest: -3_600 }],
  ])('is %s when %s', async (health, _when, ages) => {
    expect(await healthOf({ ...well, ...ages })).toBe(health);
  });

  it('takes nothing but numbers into its SQL', () => {
    const injected = { ...thresholds, lateSeconds: `1' OR true --` as unknown as number };
    expect(() => pushHealthSql(injected)).toThrow('not a whole number');
  });
});
