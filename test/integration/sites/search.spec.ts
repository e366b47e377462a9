import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueMatch, type CatalogueMatch } from '#libs/contracts';
import { CataloguePortal } from './catalogue-client.js';

let portal: CataloguePortal;

beforeAll(async () => {
  portal = await CataloguePortal.start();
  const { id } = await portal.site();
  await portal.send('PATCH', `/api/sites/${id}`, { name: 'North plant', address: 'Rue du Nord' });
});
afterAll(() => portal.close());

async function search(q: string): Promise<CatalogueMatch[]> {
  const address = `/api/sites/search?q=${encodeURIComponent(q)}`;
  const { body } = await portal.client.get<{ matches: unknown[] }>(address);
  return body.matches.map((match) => catalogueMatch.strict().parse(match));
}

describe('GET /api/sites/search', () => {
  it('finds a site by name and address, with when it was last seen', async () => {
    for (const q of ['NORTH pl', 'rue du']) {
      expect(await search(q)).toMatchObject([
        { kind: 'site', title: 'North plant', lastTime: '2026-05-04T03:10:00.000Z', lastValue: null },
      ]);
    }
  });

  it('finds devices by serial number, under their site', async () => {
    expect(await search('04002211')).toMatchObject([
      { kind: 'device', title: '04002211', siteName: 'North plant', serial: '04002211', unit: null },
    ]);
  });

  it('finds channels with their newest value', async () => {
    const matches = await search('u1');
    expect(matches).toMatchObject([
      {
        kind: 'channel',
        title: 'U1',
        serial: '02001084',
        unit: 'V',
        lastTime: '2026-05-04T03:10:00.000Z',
        lastValue: expect.any(Number),
      },
    ]);
  });

  it('takes signs as they are, and wants a word', async () => {
    expect(await search('%')).toEqual([]);
    expect((await portal.client.get('/api/sites/search?q=%20')).status).toBe(400);
    expect((await portal.client.get('/api/sites/search')).status).toBe(400);
  });
});
