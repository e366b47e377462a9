import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage, type AuditPage, type CustomerToken, type OperatorAccount } from '#libs/contracts';
import { adminAccount } from '../running-app.js';
import { FleetClient } from './fleet-client.js';

let fleet: FleetClient;

beforeAll(async () => {
  fleet = await FleetClient.start();
});
afterAll(() => fleet.running.close());

async function audit(query = ''): Promise<AuditPage> {
  const { status, body } = await fleet.admin.get<AuditPage>(`/api/audit${query}`);
  expect(status).toBe(200);
  return auditPage.strict().parse(body);
}

const json = (body: unknown) => ({
  headers: { 'content-type': 'application/json', 'x-request-id': 'audit-test-0001' },
  body: JSON.stringify(body),
});

describe('the audit log', () => {
  it('has every action of an operator, with who did it and in which request', async () => {
    const { admin } = fleet;
    const { token } = await fleet.register('WATCHED');
    await admin.send('PATCH', '/api/customers/WATCHED', json({ name: 'Renamed' }));
    await admin.post('/api/customers/WATCHED/tokens', { name: 'more' });
    await admin.post('/api/customers/WATCHED/tokens/rotate', { overlapHours: 2 });
    const { body } = await admin.get<{ tokens: CustomerToken[] }>('/api/customers/WATCHED/tokens');
    await admin.send('DELETE', `/api/customers/WATCHED/tokens/${body.tokens[0]?.id}`);
    await admin.post('/api/customers/WATCHED/disable');
    await admin.post('/api/customers/WATCHED/enable');
    await admin.send('DELETE', '/api/customers/WATCHED?confirm=WATCHED');
    const { events } = await audit('?customer=WATCHED');
    expect(events.map(({ action }) => action)).toEqual([
      'customer.deleted',
      'customer.disabled',
      'customer.enabled',
      'customer.disabled',
      'token.revoked',
      'token.rotated',
      'token.added',
      'customer.edited',
      'customer.registered',
    ]);
    expect(new Set(events.map(({ account }) => account))).toEqual(new Set([adminAccount.email]));
    expect(events.find(({ action }) => action === 'customer.edited')).toMatchObject({
      summary: 'Renamed "WATCHED" to "Renamed"',
      requestId: 'audit-test-0001',
    });
    expect(JSON.stringify(events)).not.toContain(token.split('_')[2]);
  });

  it('has sign-in, sign-out and what becomes of accounts, also when they are gone', async () => {
    const email = 'brief@wattfleet.example';
    const client = await fleet.signedInAs('operator', email);
    const changed = { current: adminAccount.password, password: 'An-entirely-new-0ne' };
    expect((await client.send('PUT', '/api/session/password', json(changed))).status).toBe(204);
    await client.send('DELETE', '/api/session');
    const { body } = await fleet.admin.get<{ operators: OperatorAccount[] }>('/api/operators');
    const id = body.operators.find((account) => account.email === email)?.id;
    await fleet.admin.send('PATCH', `/api/operators/${id}`, json({ role: 'admin' }));
    await fleet.admin.send('PUT', `/api/operators/${id}/password`, json({ password: 'Set-by-another-0ne' }));
    await fleet.admin.send('DELETE', `/api/operators/${id}`);
    expect((await audit(`?account=${email}`)).events.map(({ action }) => action)).toEqual([
      'session.signed-out',
      'account.password-reset',
      'session.signed-in',
    ]);
    const byAdmin = (await audit(`?account=${adminAccount.email}&limit=4`)).events;
    expect(byAdmin.map(({ action }) => action)).toEqual([
      'account.removed',
      'account.password-reset',
      'account.edited',
      'account.added',
    ]);
    expect(byAdmin.every(({ summary }) => summary.includes(email))).toBe(true);
  });

  it('has nothing of what was refused', async () => {
    const before = await audit();
    await fleet.admin.post('/api/customers', { code: 'bad', name: 'x' });
    await fleet.admin.post('/api/customers/NOBODY/disable');
    await fleet.register('ONCE');
    await fleet.admin.post('/api/customers', { code: 'ONCE', name: 'x' });
    expect((await audit()).events.length).toBe(before.events.length + 1);
  });

  it('is read page by page and by action', async () => {
    const all = (await audit('?limit=500')).events;
    const seen: number[] = [];
    let before = '';
    for (;;) {
      const { events, nextBefore } = await audit(`?limit=3${before}`);
      seen.push(...events.map(({ id }) => id));
      if (nextBefore === null) break;
      before = `&before=${nextBefore}`;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    const { events } = await audit('?action=token.rotated');
    expect(events.map(({ action }) => action)).toEqual(['token.rotated']);
    for (const query of ['?action=none', '?limit=0', '?before=0', '?before=x']) {
      expect((await fleet.admin.get(`/api/audit${query}`)).status, query).toBe(400);
    }
  });

  it.each([
    `UPDATE fleet.audit_event SET summary = ''`,
    'DELETE FROM fleet.audit_event',
    'TRUNCATE fleet.audit_event',
  ])('cannot be changed: %s', async (statement) => {
    await expect(fleet.query(statement)).rejects.toThrow('append-only');
    expect((await audit()).events.length).toBeGreaterThan(5);
  });
});
