import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  municipality,
  siteTariff,
  tariffDetail,
  tariffExample,
  type ComputedBill,
  type Municipality,
  type Problem,
  type SiteTariff,
  type TariffDetail,
} from '#libs/contracts';
import { hashPassword } from '#libs/nest-kit';
import { Secret } from '#libs/config';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { writeSite } from './measured-site.js';
import { flatDocument, writeTariff } from './tariff-data.js';

let portal: RunningApp;
let client: ApiClient;
beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

async function audited(): Promise<[string, string, string][]> {
  const rows: { action: string; subject: string; summary: string }[] = await portal.dataSource.query(
    `SELECT action, subject, summary FROM monitoring.audit_event
     WHERE action NOT LIKE 'session.%' ORDER BY id DESC LIMIT 3`,
  );
  return rows.map(({ action, subject, summary }) => [action, subject, summary]);
}

describe('municipalities', () => {
  it('are added, renamed and removed, each name once, and each change is recorded', async () => {
    const added = await client.post<Municipality>('/api/municipalities', { name: '  Tshwane ' });
    expect(added.status).toBe(201);
    expect(municipality.strict().parse(added.body)).toMatchObject({ name: 'Tshwane', tariffs: [] });
    const again = await client.post('/api/municipalities', { name: 'Tshwane' });
    expect([again.status, again.body.code]).toEqual([409, 'MUNICIPALITY_EXISTS']);
    const address = `/api/municipalities/${added.body.id}`;
    const other = await client.post<Municipality>('/api/municipalities', { name: 'Erongo RED' });
    const rename = (name: string) =>
      client.send('PATCH', address, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
    expect((await rename('Erongo RED')).body.code).toBe('MUNICIPALITY_EXISTS');
    expect((await rename('City of Tshwane')).status).toBe(200);
    expect((await client.send('DELETE', `/api/municipalities/${other.body.id}`)).status).toBe(204);
    const { body } = await client.get<{ municipalities: Municipality[] }>('/api/municipalities');
    expect(body.municipalities.map(({ name }) => name)).toEqual(['City of Tshwane']);
    expect(await audited()).toEqual([
      ['municipality.removed', 'municipality Erongo RED', 'Removed municipality "Erongo RED"'],
      [
        'municipality.saved',
        'municipality City of Tshwane',
        'Renamed municipality "Tshwane" to "City of Tshwane"',
      ],
      ['municipality.saved', 'municipality Erongo RED', 'Added municipality "Erongo RED"'],
    ]);
  });

  it('stay while they have tariffs', async () => {
    const tariff = await writeTariff(client, 'Kept', []);
    const address = `/api/municipalities/${tariff.municipality.id}`;
    const refused = await client.send('DELETE', address);
    expect([refused.status, refused.body.code]).toEqual([409, 'MUNICIPALITY_IN_USE']);
    expect((await client.send('DELETE', `/api/tariffs/${tariff.id}`)).status).toBe(204);
    expect((await client.send('DELETE', address)).status).toBe(204);
    expect((await client.send('DELETE', address)).status).toBe(404);
  });
});

describe('versions of a tariff', () => {
  const document = flatDocument('0.1');

  it('are listed with their gaps, oldest first', async () => {
    const tariff = await writeTariff(client, 'Gaps', [
      { firstDay: '2026-01-01', lastDay: null, document },
      { firstDay: '2024-01-01', lastDay: '2024-12-31', document },
    ]);
    expect(tariffDetail.strict().parse(tariff)).toMatchObject({
      name: 'Gaps',
      versions: [
        { firstDay: '2024-01-01', lastDay: '2024-12-31' },
        { firstDay: '2026-01-01', lastDay: null },
      ],
      gaps: [{ from: '2025-01-01', to: '2026-01-01' }],
      siteCount: 0,
    });
    const { body } = await client.get<{ municipalities: Municipality[] }>('/api/municipalities');
    const listed = body.municipalities.find(({ name }) => name === 'Gaps');
    expect(
      municipality
        .strict()
        .parse(listed)
        .tariffs[0]?.versions.map(({ currency }) => currency),
    ).toEqual(['EUR', 'EUR']);
  });

  it('do not overlap, unless the one before is to end', async () => {
    const tariff = await writeTariff(client, 'Overlap', [
      { firstDay: '2025-01-01', lastDay: null, document },
    ]);
    const address = `/api/tariffs/${tariff.id}/versions`;
    const next = { firstDay: '2026-07-01', lastDay: null, document };
    const refused = await client.post(address, next);
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [{ path: 'firstDay', message: 'overlaps the version that is valid from 2025-01-01 on' }],
    ]);
    const { body } = await client.post<TariffDetail>(address, { ...next, endPrevious: true });
    expect(body.versions.map(({ firstDay, lastDay }) => [firstDay, lastDay])).toEqual([
      ['2025-01-01', '2026-06-30'],
      ['2026-07-01', null],
    ]);
    const [first, second] = body.versions;
    const longer = { firstDay: '2025-01-01', lastDay: '2026-07-01', document };
    const put = (id: string | undefined, version: unknown) =>
      client.send<Problem & TariffDetail>('PUT', `${address}/${id}`, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(version),
      });
    expect((await put(first?.id, longer)).body.errors?.[0]?.path).toBe('lastDay');
    const changed = await put(first?.id, { ...longer, lastDay: '2026-06-29', document: flatDocument('0.2') });
    expect(changed.body.versions[0]?.document.components[0]).toMatchObject({ perKwh: '0.2' });
    expect(changed.body.gaps).toEqual([{ from: '2026-06-30', to: '2026-07-01' }]);
    expect((await client.send('DELETE', `${address}/${second?.id}`)).status).toBe(204);
    expect((await client.send('DELETE', `${address}/${second?.id}`)).status).toBe(404);
    expect((await audited())[0]).toEqual([
      'tariff.saved',
      'tariff Overlap/Overlap',
      'Removed the version from 2026-07-01',
    ]);
  });

  it('are refused by path', async () => {
    const tariff = await writeTariff(client, 'Paths', []);
    const post = (parts: object) =>
      client.post(`/api/tariffs/${tariff.id}/versions`, {
        firstDay: '2026-01-01',
        lastDay: null,
        document: { ...document, ...parts },
      });
    const blocks = [{ upToKwh: '100', perKwh: '1' }];
    const wrong = await post({ components: [{ kind: 'blocks', id: 'energy', name: 'Energy', blocks }] });
    expect([wrong.status, wrong.body.errors]).toEqual([
      400,
      [
        {
          path: 'document.components.0.blocks.0.upToKwh',
          message: 'the last block must have no end',
        },
      ],
    ]);
    const dayTypes = [
      { id: 'all', name: 'All', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] },
    ];
    const nowhere = await post({ dayTypes, holidays: { country: 'QQ' } });
    expect(nowhere.body.errors?.[0]?.path).toBe('document.holidays.country');
  });
});

describe('the tariff of a site', () => {
  it('is chosen, and holds the tariff', async () => {
    const site = await writeSite(portal.dataSource, 'chosen', 'Europe/Paris', []);
    const tariff = await writeTariff(client, 'Chosen', []);
    const address = `/api/sites/${site}/tariff`;
    const none = await client.get<SiteTariff>(address);
    expect(siteTariff.strict().parse(none.body)).toEqual({
      tariff: null,
      subscribedA: null,
      subscribedKva: null,
    });
    const put = (body: unknown) =>
      client.send<Problem & SiteTariff>('PUT', address, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const saved = await put({ tariffId: tariff.id, subscribedA: '40', subscribedKva: '7.50' });
    expect(saved.body).toEqual({
      tariff: { id: tariff.id, name: 'Chosen', municipality: 'Chosen' },
      subscribedA: '40',
      subscribedKva: '7.5',
    });
    expect((await audited())[0]).toEqual([
      'site.edited',
      'site chosen',
      'Tariff "Chosen" of Chosen, subscribed: 40 A, 7.5 kVA',
    ]);
    const held = await client.send('DELETE', `/api/tariffs/${tariff.id}`);
    expect([held.status, held.body.code, held.body.detail]).toEqual([409, 'TARIFF_IN_USE', '1 site']);
    const strange = await put({ tariffId: '018f0000-0000-7000-8000-000000000000' });
    expect([strange.status, strange.body.errors?.[0]?.path]).toEqual([400, 'tariffId']);
    expect((await put({ tariffId: tariff.id, subscribedA: '-1' })).status).toBe(400);
    expect((await put({ tariffId: null })).body.tariff).toBeNull();
    expect((await client.send('DELETE', `/api/tariffs/${tariff.id}`)).status).toBe(204);
  });
});

describe('beside them', () => {
  it('there are examples to begin with', async () => {
    const { body } = await client.get<{ examples: unknown[] }>('/api/tariffs/examples');
    const examples = body.examples.map((one) => tariffExample.strict().parse(one));
    expect(examples.map(({ id }) => id)).toContain('fr-hp-hc-6-kva');
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  it('a day is priced by a tariff that is not saved', async () => {
    const day = {
      document: flatDocument('0.5'),
      day: '2026-10-25',
      timeZone: 'Europe/Paris',
      hourlyKwh: Array.from({ length: 24 }, () => 1),
    };
    const { status, body } = await client.post<ComputedBill>('/api/tariffs/sample-day', day);
    expect([status, body.energyKwh, body.total]).toEqual([200, '25', '12.5']);
    const wrong = await client.post('/api/tariffs/sample-day', { ...day, timeZone: 'Mars/Olympus' });
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([400, 'timeZone']);
    for (const A of ['forty', '-1', '9'.repeat(400)]) {
      const none = await client.post('/api/tariffs/sample-day', { ...day, subscribed: { A } });
      expect([none.status, none.body.errors?.[0]?.path]).toEqual([400, 'subscribed.A']);
    }
  });
});

describe('roles', () => {
  const password = 'a-password-of-the-tests';

  async function signedInAs(role: string): Promise<ApiClient> {
    const email = `${role}@wattfleet.example`;
    await portal.dataSource.query(
      `INSERT INTO monitoring.account (id, email, role, password_hash) VALUES (gen_random_uuid(), $1, $2, $3)`,
      [email, role, await hashPassword(new Secret(password))],
    );
    const other = new ApiClient(portal.url);
    expect((await other.signIn({ email, password })).status).toBe(200);
    return other;
  }

  it('a viewer reads and changes nothing, an editor changes', async () => {
    const site = await writeSite(portal.dataSource, 'roles', 'UTC', []);
    const tariff = await writeTariff(client, 'Roles', []);
    const viewer = await signedInAs('viewer');
    const editor = await signedInAs('editor');
    expect((await viewer.get('/api/municipalities')).status).toBe(200);
    expect((await viewer.get(`/api/tariffs/${tariff.id}`)).status).toBe(200);
    const changes: [string, string, unknown][] = [
      ['POST', '/api/municipalities', { name: 'Mine' }],
      ['PATCH', `/api/municipalities/${tariff.municipality.id}`, { name: 'Mine too' }],
      ['POST', `/api/municipalities/${tariff.municipality.id}/tariffs`, { name: 'Other' }],
      ['PATCH', `/api/tariffs/${tariff.id}`, { name: 'Renamed' }],
      [
        'POST',
        `/api/tariffs/${tariff.id}/versions`,
        { firstDay: '2026-01-01', lastDay: null, document: flatDocument('1') },
      ],
      ['PUT', `/api/sites/${site}/tariff`, { tariffId: tariff.id }],
    ];
    for (const [method, address, body] of changes) {
      const init = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      expect((await viewer.send(method, address, init)).body.code, address).toBe('ROLE_REFUSED');
      expect((await editor.send(method, address, init)).status, address).toBeLessThan(300);
    }
    expect((await viewer.send('DELETE', `/api/tariffs/${tariff.id}`)).status).toBe(403);
    const hourlyKwh = Array.from({ length: 24 }, () => 1);
    const day = { document: flatDocument('1'), day: '2026-01-01', timeZone: 'UTC', hourlyKwh };
    expect((await viewer.post('/api/tariffs/sample-day', day)).status).toBe(200);
  });
});
