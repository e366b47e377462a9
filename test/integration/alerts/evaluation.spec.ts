import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, isServer } from '../test-database.js';
import { minute, WatchedFleet, type CustomerTimes } from './watched-fleet.js';

let fleet: WatchedFleet;

beforeAll(async () => {
  fleet = await WatchedFleet.start();
});
afterAll(() => fleet.close());
beforeEach(() => fleet.reset());

const day = 24 * 60;

describe('a condition', () => {
  beforeEach(() => fleet.setHold(0));

  it.each<[string, string[], CustomerTimes]>([
    ['was in contact 60 min ago', [], { last_contact_at: -60 }],
    ['was in contact 61 min ago', ['offline'], { last_contact_at: -61 }],
    ['has data of 24 h ago', [], { newest_data_at: -day }],
    ['has older data', ['lag'], { newest_data_at: -day - 1 }],
    ['is silent and has old data', ['lag', 'offline'], { last_contact_at: -day, newest_data_at: -2 * day }],
    ['never sent data', [], {}],
    ['was refused its token since', ['auth-failure'], { last_contact_at: -90, last_auth_failed_at: -30 }],
    ['was refused its token before', [], { last_auth_failed_at: -30 }],
    [
      'was refused its token, then fell silent',
      ['auth-failure', 'offline'],
      { last_contact_at: -200, last_auth_failed_at: -90 },
    ],
    ['is disabled', [], { last_contact_at: -90, newest_data_at: -2 * day, disabled_at: -1 }],
    ['was refused all it sent', ['rejection'], { last_accepted_at: -40, last_rejected_at: -20 }],
    ['was refused once, and had success since', [], { last_accepted_at: -10, last_rejected_at: -20 }],
    ['was refused more than an hour ago', [], { last_rejected_at: -61 }],
  ])('of a customer that %s raises %j', async (_what, kinds, times) => {
    await fleet.addCustomer('ACME', times);
    await fleet.evaluate(0);
    expect(await fleet.open()).toEqual(kinds.map((kind) => `ACME ${kind}`));
  });

  it('is not looked for before the first contact', async () => {
    await fleet.addCustomer('NEW', { last_auth_failed_at: 0, last_rejected_at: 0, newest_data_at: -2 * day });
    await fleet.query(`UPDATE fleet.customer SET last_contact_at = NULL`);
    await fleet.evaluate(0);
    expect(await fleet.open()).toEqual([]);
  });

  it.each<[string, boolean, Parameters<WatchedFleet['addEvent']>[2][]]>([
    ['5 % of the rows', false, [{ outcome: 'accepted', received: 100, rejected: 5 }]],
    ['6 % of the rows', true, [{ outcome: 'accepted', received: 100, rejected: 6 }]],
    [
      'the same rows in a replay',
      false,
      [
        { outcome: 'accepted', received: 100, rejected: 0 },
        { outcome: 'replayed', received: 50, rejected: 50 },
      ],
    ],
    ['a batch in two', true, [{ outcome: 'accepted' }, { outcome: 'refused', code: 'INGEST_BATCH_INVALID' }]],
    [
      'a batch that is too large and is split',
      false,
      [{ outcome: 'accepted' }, { outcome: 'refused', code: 'INGEST_BATCH_TOO_LARGE' }],
    ],
    [
      'a batch in 21',
      false,
      [
        ...Array.from({ length: 20 }, () => ({ outcome: 'accepted' })),
        { outcome: 'refused', code: 'INGEST_KEY_REUSED' },
      ],
    ],
  ])('of rejection counts %s: %j', async (_what, raised, events) => {
    await fleet.addCustomer('ACME', { last_rejected_at: -10, last_accepted_at: -5 });
    await fleet.addCustomer('OTHER', { last_rejected_at: -10, last_accepted_at: -5 });
    for (const event of events) await fleet.addEvent('ACME', -10, event);
    await fleet.addEvent('ACME', -61, { outcome: 'accepted', received: 1_000, rejected: 1_000 });
    await fleet.evaluate(0);
    expect(await fleet.open()).toEqual(raised ? ['ACME rejection'] : []);
  });

  it('of a token that fails beside good requests is raised when it keeps failing, and not for once', async () => {
    await fleet.setHold(5);
    await fleet.addCustomer('TWICE');
    await fleet.addCustomer('ONCE', { last_auth_failed_at: 0 });
    for (let at = 0; at <= 12; at++) {
      await fleet.set('ONCE', { last_contact_at: at });
      await fleet.set('TWICE', { last_contact_at: at, ...(at % 4 === 0 ? { last_auth_failed_at: at } : {}) });
      await fleet.evaluate(at);
    }
    expect(await fleet.open()).toEqual(['TWICE auth-failure']);
  });

  it('is described with what was found', async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -200 }, 'Acme Power');
    await fleet.evaluate(0);
    expect(await fleet.alerts()).toEqual([
      expect.objectContaining({
        customer: { code: 'ACME', name: 'Acme Power' },
        summary: 'No contact for 3 h 20 min (limit 1 h)',
        raisedAt: minute(0).toISOString(),
        resolvedAt: null,
      }),
    ]);
  });
});

describe('the hold time', () => {
  it('passes before an alert is raised, once, and before it is resolved', async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(0, 4);
    expect(await fleet.alerts()).toEqual([]);
    await fleet.evaluateFrom(5, 8);
    expect((await fleet.alerts()).map(({ raisedAt }) => raisedAt)).toEqual([minute(5).toISOString()]);
    await fleet.set('ACME', { last_contact_at: 8 });
    await fleet.evaluateFrom(9, 13);
    expect(await fleet.open()).toEqual(['ACME offline']);
    await fleet.evaluate(14);
    const [alert, ...others] = await fleet.alerts();
    expect(alert?.resolvedAt).toBe(minute(14).toISOString());
    expect(others).toEqual([]);
    expect(await fleet.query(`SELECT * FROM fleet.alert_condition`)).toEqual([]);
  });

  it('begins anew when the condition flaps', async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(0, 4);
    await fleet.set('ACME', { last_contact_at: 4 });
    await fleet.evaluate(5);
    await fleet.set('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(6, 10);
    expect(await fleet.alerts()).toEqual([]);
    await fleet.evaluate(11);
    expect(await fleet.open()).toEqual(['ACME offline']);
    await fleet.set('ACME', { last_contact_at: 11 });
    await fleet.evaluateFrom(12, 15);
    await fleet.set('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(16, 30);
    expect(await fleet.alerts()).toHaveLength(1);
    expect(await fleet.open()).toEqual(['ACME offline']);
  });

  it('begins anew after a pause of the evaluation, so that a fleet can come back', async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(0, 3);
    await fleet.evaluate(63);
    await fleet.evaluateFrom(64, 67);
    expect(await fleet.alerts()).toEqual([]);
    await fleet.evaluate(68);
    expect(await fleet.open()).toEqual(['ACME offline']);
    await fleet.set('ACME', { last_contact_at: 68 });
    await fleet.evaluate(69);
    await fleet.set('ACME', { last_contact_at: 100 });
    await fleet.evaluateFrom(100, 104);
    expect(await fleet.open()).toEqual(['ACME offline']);
    await fleet.evaluate(105);
    expect(await fleet.open()).toEqual([]);
  });

  it('begins anew after a jump of the clock, either way', async () => {
    await fleet.addCustomer('ACME');
    await fleet.evaluateFrom(0, 2);
    await fleet.evaluateFrom(1_000, 1_004);
    expect(await fleet.alerts()).toEqual([]);
    await fleet.evaluateFrom(3, 10);
    expect(await fleet.alerts()).toEqual([]);
    await fleet.set('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(11, 16);
    expect(await fleet.open()).toEqual(['ACME offline']);
  });

  it('goes on over a restart, which neither repeats nor forgets', async () => {
    const database = await createTestDatabase();
    let running = await WatchedFleet.start({ database });
    try {
      await running.addCustomer('ACME', { last_contact_at: -61 });
      await running.addCustomer('LAG', { newest_data_at: -2 * day });
      await running.query(`UPDATE fleet.alert_rule SET hold_minutes = 2 WHERE kind = 'lag'`);
      await running.evaluateFrom(0, 4);
      await running.close();
      running = await WatchedFleet.start({ database });
      await running.evaluate(5);
      expect(await running.open()).toEqual(['ACME offline', 'LAG lag']);
      expect(await running.alerts()).toHaveLength(2);
    } finally {
      await running.close();
      await database.drop();
    }
  });
});

describe('an alert', () => {
  beforeEach(async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    await fleet.evaluateFrom(0, 5);
  });

  it('of a customer that is disabled is resolved at once', async () => {
    await fleet.set('ACME', { disabled_at: 6 });
    await fleet.evaluate(6);
    expect(await fleet.open()).toEqual([]);
  });

  it('of a customer that is deleted is resolved at once, and stays in the history', async () => {
    await fleet.query(`DELETE FROM fleet.customer`);
    await fleet.evaluate(6);
    expect(await fleet.alerts()).toEqual([
      expect.objectContaining({
        customer: { code: 'ACME', name: 'Name of ACME' },
        resolvedAt: minute(6).toISOString(),
      }),
    ]);
  });

  it('of a rule that is turned off is resolved at once; turned on, it takes the hold time', async () => {
    await fleet.query(`UPDATE fleet.alert_rule SET enabled = false WHERE kind = 'offline'`);
    await fleet.evaluate(6);
    expect(await fleet.open()).toEqual([]);
    await fleet.query(`UPDATE fleet.alert_rule SET enabled = true`);
    await fleet.evaluateFrom(7, 11);
    expect(await fleet.open()).toEqual([]);
    await fleet.evaluate(12);
    expect(await fleet.open()).toEqual(['ACME offline']);
  });
});

describe('two evaluators', () => {
  it.skipIf(!isServer)('never evaluate at once', async () => {
    await fleet.setHold(0);
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    const other = fleet.admin.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query('SELECT pg_advisory_xact_lock(7738204)');
    expect(await fleet.evaluate(0)).toBeUndefined();
    await other.commitTransaction();
    await other.release();
    const passes = await Promise.all(Array.from({ length: 6 }, () => fleet.evaluate(0)));
    expect(passes.flatMap((pass) => pass?.raised ?? [])).toHaveLength(1);
    expect(await fleet.alerts()).toHaveLength(1);
  });
});
