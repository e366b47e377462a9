import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { siteDetail, siteSummary, type SiteSummary } from '#libs/contracts';
import { CataloguePortal } from './catalogue-client.js';

const nobody = '018f0000-0000-7000-8000-000000000000';

let portal: CataloguePortal;

beforeAll(async () => {
  portal = await CataloguePortal.start();
});
beforeEach(() => portal.clearOutbox());
afterAll(() => portal.close());

async function slugs(query = ''): Promise<string[]> {
  const { body } = await portal.client.get<{ sites: SiteSummary[] }>(`/api/sites${query}`);
  return body.sites.map((one) => siteSummary.strict().parse(one).slug);
}

describe('a site', () => {
  it('is created with all that is known of it, pushed and recorded', async () => {
    const { status, body } = await portal.send<{ id: string }>('POST', '/api/sites', {
      slug: 'south',
      name: 'South plant',
      timeZone: 'Africa/Johannesburg',
      address: '1 Church Square, Pretoria',
      latitude: -25.7461,
      longitude: 28.1881,
      notes: 'Key at the gate',
      externalId: 'SAP-17',
    });
    expect(status).toBe(201);
    expect(siteDetail.strict().parse(await portal.site('south'))).toMatchObject({
      id: body.id,
      name: 'South plant',
      latitude: -25.7461,
      longitude: 28.1881,
      externalId: 'SAP-17',
      archivedAt: null,
      deviceCount: 0,
      lastTime: null,
      lastPowerW: null,
      devices: [],
    });
    expect(await portal.outbox()).toEqual(['catalogue 1']);
    expect(await portal.audit()).toContain(
      'site.created site south: Created "South plant" in Africa/Johannesburg',
    );
  });

  it.each([
    [{ slug: 'north', name: 'x', timeZone: 'UTC' }, 409, 'CATALOGUE_CONFLICT', 'slug'],
    [
      { slug: 'x', name: 'x', timeZone: 'UTC', externalId: 'SAP-17' },
      409,
      'CATALOGUE_CONFLICT',
      'externalId',
    ],
    [{ slug: '../x', name: 'x', timeZone: 'UTC' }, 400, 'BODY_INVALID', 'slug'],
    [{ slug: 'x', name: ' ', timeZone: 'UTC' }, 400, 'BODY_INVALID', 'name'],
    [{ slug: 'x', name: 'x', timeZone: 'Mars/Olympus' }, 400, 'BODY_INVALID', 'timeZone'],
    [{ slug: 'x', name: 'x', timeZone: 'UTC', latitude: 91, longitude: 0 }, 400, 'BODY_INVALID', 'latitude'],
    [{ slug: 'x', name: 'x', timeZone: 'UTC', latitude: 1 }, 400, 'BODY_INVALID', 'longitude'],
  ])('is refused as %j', async (body, status, code, path) => {
    const answer = await portal.send('POST', '/api/sites', body);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([status, code, path]);
    expect(await portal.outbox()).toEqual([]);
  });

  it('is edited; what Admin does not know of is not pushed', async () => {
    const { id } = await portal.site('south');
    const notes = { notes: 'New key', latitude: null, longitude: null };
    expect((await portal.send('PATCH', `/api/sites/${id}`, notes)).status).toBe(204);
    expect(await portal.outbox()).toEqual([]);
    expect((await portal.send('PATCH', `/api/sites/${id}`, { name: 'South' })).status).toBe(204);
    expect(await portal.outbox()).toEqual(['catalogue 1']);
    expect(await portal.site('south')).toMatchObject({ name: 'South', notes: 'New key', latitude: null });
    expect((await portal.audit()).slice(-2)).toEqual([
      'site.edited site south: Changed notes "Key at the gate" → "New key", latitude -25.7461 → none, longitude 28.1881 → none',
      'site.edited site south: Changed name "South plant" → "South"',
    ]);
  });

  it('records nothing when nothing changes', async () => {
    const before = await portal.audit();
    const { id, name } = await portal.site('south');
    expect((await portal.send('PATCH', `/api/sites/${id}`, { name })).status).toBe(204);
    expect([await portal.audit(), await portal.outbox()]).toEqual([before, []]);
  });

  it('is archived out of the list and comes back', async () => {
    const { id } = await portal.site('north');
    const before = (await portal.audit()).length;
    for (let twice = 0; twice < 2; twice++) {
      expect((await portal.send('POST', `/api/sites/${id}/archive`)).status).toBe(204);
    }
    expect([await slugs(), await slugs('?state=archived')]).toEqual([['south'], ['north']]);
    expect((await portal.send('POST', `/api/sites/${id}/restore`)).status).toBe(204);
    expect(await slugs()).toEqual(['north', 'south']);
    expect((await portal.audit()).slice(before)).toEqual([
      'site.archived site north: Archived',
      'site.restored site north: Restored',
    ]);
  });

  it('says what its deletion takes along, and wants its slug typed', async () => {
    await portal.import('doomed');
    await portal.clearOutbox();
    const { id, devices } = await portal.site('doomed');
    expect((await portal.client.get(`/api/sites/${id}/deletion`)).body).toEqual({
      devices: 2,
      channels: 8,
      measurements: 160,
    });
    expect((await portal.client.get(`/api/devices/${devices[0]?.id ?? ''}/deletion`)).body).toEqual({
      devices: 1,
      channels: 8,
      measurements: 160,
    });
    const channel = devices[1]?.channels[0]?.id ?? '';
    expect((await portal.client.get(`/api/channels/${channel}/deletion`)).body).toEqual({
      devices: 0,
      channels: 0,
      measurements: 20,
    });
    for (const query of ['', '?confirm=Doomed', '?confirm=north']) {
      const { status, body } = await portal.send('DELETE', `/api/sites/${id}${query}`);
      expect([status, body.code]).toEqual([422, 'CONFIRMATION_WRONG']);
    }
    expect((await portal.send('DELETE', `/api/sites/${id}?confirm=doomed`)).status).toBe(204);
    expect(await portal.outbox()).toEqual(['deletion 1']);
    expect((await portal.audit()).at(-1)).toBe(
      'site.deleted site doomed: Deleted with 2 devices and 8 channels',
    );
    expect((await portal.client.get(`/api/sites/${id}/deletion`)).status).toBe(404);
  });

  it.each([
    ['PATCH', '', { name: 'x' }],
    ['POST', '/archive', undefined],
    ['POST', '/restore', undefined],
    ['DELETE', '?confirm=x', undefined],
    ['GET', '/deletion', undefined],
    ['POST', '/devices', { serial: 'x' }],
  ])('is not found: %s %s', async (method, path, body) => {
    expect((await portal.send(method, `/api/sites/${nobody}${path}`, body)).status).toBe(404);
  });

  it('is changed by editors, not by viewers', async () => {
    const { id } = await portal.site('south');
    const change = () => portal.send('PATCH', `/api/sites/${id}`, { notes: 'by an editor' });
    expect((await portal.as('editor', change)).status).toBe(204);
    await portal.as('viewer', async () => {
      for (const [method, address, body] of [
        ['POST', '/api/sites', { slug: 'x', name: 'x', timeZone: 'UTC' }],
        ['PATCH', `/api/sites/${id}`, { notes: 'by a viewer' }],
        ['POST', `/api/sites/${id}/archive`, undefined],
        ['DELETE', `/api/sites/${id}?confirm=south`, undefined],
      ] as const) {
        const answer = await portal.send(method, address, body);
        expect([answer.status, answer.body.code], `${method} ${address}`).toEqual([403, 'ROLE_REFUSED']);
      }
      expect((await portal.client.get(`/api/sites/${id}/deletion`)).status).toBe(200);
    });
  });
});
