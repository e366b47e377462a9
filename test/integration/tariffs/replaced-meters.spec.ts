import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bill } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { writeSite, type MeasuredChannel } from './measured-site.js';
import { flatDocument, writeTariff } from './tariff-data.js';

let portal: RunningApp;
let client: ApiClient;
let tariffId: string;
beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
  const version = { firstDay: '2000-01-01', lastDay: null, document: flatDocument('1') };
  tariffId = (await writeTariff(client, 'Flat', [version])).id;
});
afterAll(() => portal.close());

/** 1 kW. */
const meter = (serial: string, from: string, to: string): MeasuredChannel => ({
  label: 'Total',
  unit: 'W',
  serial,
  stepSeconds: 3_600,
  from,
  to,
  value: '1000',
});

async function billOf(site: string, month: string, until: string) {
  const query = `from=${month}-01&to=${until}-01&tariff=${tariffId}`;
  const { body } = await client.get<Bill>(`/api/sites/${site}/bill?${query}`);
  return {
    serials: body.channels.map(({ deviceSerial }) => deviceSerial),
    energyKwh: Number(body.energyKwh),
    completeness: body.completeness,
    missing: body.missing,
    problems: body.problems,
  };
}

describe('a meter that was replaced', () => {
  it('is in the bills of the months in which it measured, and missed in none', async () => {
    const site = await writeSite(portal.dataSource, 'replaced', 'UTC', [
      meter('0001', '2026-02-01Z', '2026-03-10T12:00Z'),
      meter('0002', '2026-03-10T12:00Z', '2026-05-01Z'),
    ]);
    expect(await billOf(site, '2026-02', '2026-03')).toMatchObject({
      serials: ['0001'],
      energyKwh: 28 * 24,
      completeness: 1,
      problems: [],
    });
    expect(await billOf(site, '2026-03', '2026-04')).toEqual({
      serials: ['0001', '0002'],
      energyKwh: 31 * 24,
      completeness: 1,
      missing: [],
      problems: [
        { code: 'CHANNEL_ENDED', deviceSerial: '0001', name: 'Total', lastTime: '2026-03-10T11:00:00.000Z' },
      ],
    });
    expect(await billOf(site, '2026-04', '2026-05')).toMatchObject({
      serials: ['0002'],
      energyKwh: 30 * 24,
      completeness: 1,
      problems: [],
    });
  });

  it('is missed until the new one measures', async () => {
    const site = await writeSite(portal.dataSource, 'late', 'UTC', [
      meter('0001', '2026-02-01Z', '2026-03-10Z'),
      meter('0002', '2026-03-12Z', '2026-04-01Z'),
    ]);
    const { missing, problems } = await billOf(site, '2026-03', '2026-04');
    expect(missing).toEqual([{ from: '2026-03-10T01:00:00.000Z', to: '2026-03-12T00:00:00.000Z' }]);
    expect(problems).toHaveLength(1);
  });
});

describe('a meter that measured nothing more', () => {
  it('is missed in the month in which it ended, and named in those after', async () => {
    const site = await writeSite(portal.dataSource, 'ended', 'UTC', [
      meter('0001', '2026-02-01Z', '2026-05-01Z'),
      meter('0002', '2026-02-01Z', '2026-03-10Z'),
    ]);
    const march = await billOf(site, '2026-03', '2026-04');
    expect(march.missing).toEqual([{ from: '2026-03-10T01:00:00.000Z', to: '2026-04-01T00:00:00.000Z' }]);
    expect(march.problems).toEqual([]);
    expect(await billOf(site, '2026-04', '2026-05')).toMatchObject({
      serials: ['0001'],
      completeness: 1,
      problems: [{ code: 'CHANNEL_ENDED', deviceSerial: '0002' }],
    });
  });

  it('is missed where the site has no other', async () => {
    const site = await writeSite(portal.dataSource, 'silent', 'UTC', [
      meter('0001', '2026-02-01Z', '2026-03-01Z'),
    ]);
    const { serials, completeness, missing } = await billOf(site, '2026-04', '2026-05');
    expect([serials, completeness, missing.length]).toEqual([['0001'], 0, 1]);
  });
});

describe('a meter that was added', () => {
  it('is not missed before its first sample, unless it is the first of the site', async () => {
    const site = await writeSite(portal.dataSource, 'added', 'UTC', [
      meter('0001', '2026-02-15Z', '2026-04-01Z'),
      meter('0002', '2026-03-10Z', '2026-04-01Z'),
    ]);
    const march = await billOf(site, '2026-03', '2026-04');
    expect([march.completeness, march.energyKwh]).toEqual([1, (31 + 22) * 24]);
    const february = await billOf(site, '2026-02', '2026-03');
    expect([february.serials, february.completeness]).toEqual([['0001'], 0.5]);
  });
});
