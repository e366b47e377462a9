import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerToken, type CustomerToken, type CustomerWithToken } from '#libs/contracts';
import { FleetClient } from './fleet-client.js';

let fleet: FleetClient;
let customers = 0;
let code: string;
let first: string;

beforeAll(async () => {
  fleet = await FleetClient.start();
});
afterAll(() => fleet.running.close());

async function register(): Promise<void> {
  code = `TOKEN${++customers}`;
  first = (await fleet.register(code)).token;
}

async function tokens(): Promise<CustomerToken[]> {
  const { body } = await fleet.admin.get<{ tokens: unknown[] }>(`/api/customers/${code}/tokens`);
  return body.tokens.map((token) => customerToken.strict().parse(token));
}

function post(rest: string, body: unknown) {
  return fleet.admin.post<CustomerWithToken>(`/api/customers/${code}/tokens${rest}`, body);
}

describe('tokens of a customer', () => {
  it('are several, newest first, and none is shown again', async () => {
    await register();
    const added = await post('', { name: 'second site' });
    expect(added.status).toBe(201);
    expect(added.headers.get('cache-control')).toBe('no-store');
    const listed = await tokens();
    expect(listed.map(({ name, status, createdBy }) => [name, status, createdBy])).toEqual([
      ['second site', 'valid', 'first@wattfleet.example'],
      ['first token', 'valid', 'first@wattfleet.example'],
    ]);
    expect(added.body.token.startsWith(listed[0]?.prefix ?? 'none')).toBe(true);
    expect(JSON.stringify(listed)).not.toContain(added.body.token.split('_')[2]);
    expect([await fleet.contact(first), await fleet.contact(added.body.token)]).toEqual([204, 204]);
  });

  it('rotate with an overlap in which old and new are taken', async () => {
    await register();
    const rotated = await post('/rotate', { overlapHours: 24 });
    expect(rotated.status).toBe(201);
    expect(rotated.headers.get('cache-control')).toBe('no-store');
    expect([await fleet.contact(first), await fleet.contact(rotated.body.token)]).toEqual([204, 204]);
    const [newest, old] = await tokens();
    expect([newest?.status, newest?.name, newest?.expiresAt]).toEqual(['valid', 'first token', null]);
    expect(old?.status).toBe('expiring');
    expect((Date.parse(old?.expiresAt ?? '') - Date.now()) / 3_600_000).toBeCloseTo(24, 1);

    // A second rotation does not give the first token more time.
    await post('/rotate', { overlapHours: 48, name: 'third' });
    expect((await tokens()).find(({ id }) => id === old?.id)?.expiresAt).toBe(old?.expiresAt);
    await fleet.query(`UPDATE fleet.customer_token SET expires_at = now() WHERE id = $1`, [old?.id]);
    expect(await fleet.contact(first)).toBe(401);
    expect((await tokens()).find(({ id }) => id === old?.id)?.status).toBe('expired');
  });

  it('rotate without an overlap, and end 24 h later unless told otherwise', async () => {
    await register();
    const rotated = await post('/rotate', { overlapHours: 0 });
    expect([await fleet.contact(first), await fleet.contact(rotated.body.token)]).toEqual([401, 204]);
    expect((await tokens()).map(({ status }) => status)).toEqual(['valid', 'revoked']);
    await post('/rotate', {});
    expect((await tokens()).map(({ status }) => status)).toEqual(['valid', 'expiring', 'revoked']);
  });

  it('are revoked one by one, at once', async () => {
    await register();
    const added = await post('', { name: 'other' });
    const [, old] = await tokens();
    const address = `/api/customers/${code}/tokens/${old?.id}`;
    expect((await fleet.admin.send('DELETE', address)).status).toBe(204);
    expect([await fleet.contact(first), await fleet.contact(added.body.token)]).toEqual([401, 204]);
    const revokedAt = (await tokens())[1]?.revokedAt;
    expect((await fleet.admin.send('DELETE', address)).status).toBe(204);
    expect((await tokens())[1]?.revokedAt).toBe(revokedAt);
  });

  it('are the customer’s own: no other code reaches them', async () => {
    await register();
    const [own] = await tokens();
    await register();
    const { status } = await fleet.admin.send('DELETE', `/api/customers/${code}/tokens/${own?.id}`);
    expect(status).toBe(404);
    expect((await tokens()).map(({ id }) => id)).not.toContain(own?.id);
  });

  it.each([
    ['', undefined],
    ['', {}],
    ['', { name: '  ' }],
    ['', { name: 'x'.repeat(101) }],
    ['', { name: 'x', expiresAt: '2030-01-01T00:00:00Z' }],
    ['/rotate', { overlapHours: -1 }],
    ['/rotate', { overlapHours: 721 }],
    ['/rotate', { overlapHours: 0.5 }],
  ])('are not made by %s %j', async (rest, body) => {
    await register();
    const answer = await fleet.admin.post(`/api/customers/${code}/tokens${rest}`, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_INVALID']);
    expect(await tokens()).toHaveLength(1);
  });
});
