import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bill, Municipality, TariffDetail } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { writeSite } from './measured-site.js';

const page = readFileSync(
  path.resolve(import.meta.dirname, '../../../docs/how-to/tariffs-and-bills.md'),
  'utf8',
);
const [, version = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
/** Quantity, rate and amount as the page's table has them. */
const rows = [...page.matchAll(/^\| ([\d,.]+) (?:kWh|R) +\| ([\d.]+)( %)? +\| ([\d.]+) +\|$/gm)].map(
  ([, quantity = '', rate = '', percent, amount]) => [
    quantity.replaceAll(',', ''),
    percent === undefined ? rate : String(Number(rate) / 100),
    amount,
  ],
);

let portal: RunningApp;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

it('docs/how-to/tariffs-and-bills.md bills as it says', async () => {
  const client = await ApiClient.signedIn(portal.url);
  const site = await writeSite(portal.dataSource, 'guide', 'Africa/Johannesburg', [
    {
      label: 'Total',
      unit: 'W',
      stepSeconds: 1_800,
      from: '2026-05-31T22:00:00Z',
      to: '2026-06-30T22:00:00Z',
      value: '1000',
    },
  ]);
  const municipality = await client.post<Municipality>('/api/municipalities', { name: 'City of Tshwane' });
  const tariffs = `/api/municipalities/${municipality.body.id}/tariffs`;
  const { body: tariff } = await client.post<TariffDetail>(tariffs, { name: 'Domestic' });
  expect((await client.post(`/api/tariffs/${tariff.id}/versions`, version)).status).toBe(201);
  const chosen = await client.send('PUT', `/api/sites/${site}/tariff`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tariffId: tariff.id }),
  });
  expect(chosen.status).toBe(200);
  const { body: bill } = await client.get<Bill>(`/api/sites/${site}/bill?from=2026-06-01&to=2026-07-01`);
  expect(rows).toHaveLength(5);
  expect(bill.lines.map(({ quantity, rate, amount }) => [quantity, rate, amount])).toEqual(rows);
  expect(bill.energyKwh).toBe('720');
  expect(page.replaceAll(',', '')).toContain(`${bill.total} in all`);
});
