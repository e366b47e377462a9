import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CurrentSession, ImportPolicy } from '#libs/contracts';
import { chromiumPath, launchBrowser, openPage } from './browser.js';
import { noCost } from './pages/cost-data.js';
import { firstOf, servePages, sessionApi, type ApiRequest, type FakeApi } from './pages/page-server.js';
import { importPolicyApi, sitePagePath, sitesApi } from './pages/sites-api.js';

type Role = CurrentSession['account']['role'];

describe.skipIf(chromiumPath === undefined)('the pages of sites in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  /** Opens a page of the portal; what it asks to change is kept and granted. */
  async function open(path: string, role: Role = 'editor', ...apis: FakeApi[]) {
    const page = await openPage(browser);
    const changes: ApiRequest[] = [];
    const granted: FakeApi = (request) => {
      if (request.method === 'GET' || request.path === '/api/sites') return undefined;
      changes.push(request);
      return {};
    };
    const session = sessionApi('Acme Power Monitoring', role);
    const origin = await servePages(page, 'portal', firstOf(session, ...apis, granted, sitesApi()));
    await page.goto(`${origin}${path}`);
    return { page, changes };
  }

  const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

  it('find sites, devices and channels, and keep the search in the address', async () => {
    const { page } = await open('/sites');
    await page.getByRole('searchbox').fill('oven');
    await page.waitForURL((url) => url.searchParams.get('q') === 'oven');
    const link = page.getByRole('link', { name: '02009999 Ch1 · Main oven' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toContain('?device=02009999');
    await page.getByText('(Archived)').waitFor();
    await page.getByText('Archived', { exact: true }).click();
    await page.getByText('No site is archived').waitFor();
    expect([parameter(page, 'q'), parameter(page, 'state')]).toEqual([null, 'archived']);
    await page.context().close();
  });

  it('create a site, saying at the field what is wrong', async () => {
    const { page } = await open('/sites');
    await page.getByRole('button', { name: 'New site' }).click();
    const dialog = page.getByRole('dialog', { name: 'New site' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('South');
    await dialog.getByRole('textbox', { name: 'Short name' }).fill('north-plant');
    await dialog.getByRole('textbox', { name: 'Latitude' }).fill('48,85');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('Latitude and longitude go together').waitFor();
    await dialog.getByRole('textbox', { name: 'Longitude' }).fill('2.35');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('is the slug of another site').waitFor();
    await dialog.getByRole('textbox', { name: 'Short name' }).fill('south');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL((url) => url.pathname === sitePagePath.empty);
    await page.getByText('0 devices').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('South');
    await page.context().close();
  });

  it('show another time by buttons, and by drawing over the chart', async () => {
    const { page } = await open(`${sitePagePath.full}?range=month&at=2026-03-29`);
    await page.getByText('March 2026').first().waitFor();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.waitForURL((url) => url.searchParams.get('at') === '2026-02-01');
    await page.getByText('Day', { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('at') === '2026-02-28');
    const plot = page.locator('.u-over').first();
    await plot.hover();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('the chart is not on the page');
    await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL((url) => url.searchParams.has('from'));
    const [from, to] = ['from', 'to'].map((name) => Date.parse(parameter(page, name) ?? '')) as [
      number,
      number,
    ];
    expect((to - from) / 3_600_000).toBeGreaterThan(5.5);
    expect((to - from) / 3_600_000).toBeLessThan(6.5);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.waitForURL((url) => Date.parse(url.searchParams.get('from') ?? '') < from);
    await page.context().close();
  });

  it('take begin and end by the wall clock of the site', async () => {
    const { page } = await open(`${sitePagePath.full}?range=day&at=2026-07-01`);
    await page.getByRole('button', { name: 'Custom' }).click();
    await page.getByLabel('From').fill('2026-07-01T14:00');
    await page.getByLabel('To', { exact: true }).fill('2026-07-01T13:00');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Must be later than the begin').waitFor();
    await page.getByLabel('To', { exact: true }).fill('2026-07-01T16:30');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL((url) => url.searchParams.get('from') === '2026-07-01T12:00:00.000Z');
    expect(parameter(page, 'to')).toBe('2026-07-01T14:30:00.000Z');
    await page.context().close();
  });

  it('show single channels, and the period before beside them', async () => {
    const { page } = await open(sitePagePath.full);
    const legend = page.getByRole('table', { name: /^Values of the chart/ });
    await legend.getByRole('rowheader', { name: 'Total' }).waitFor();
    await page.getByRole('switch', { name: 'Compare with the period before' }).check({ force: true });
    await legend.getByRole('rowheader', { name: 'Total, period before' }).waitFor();
    await page.getByRole('checkbox', { name: 'Show 04002211 Ch1 in the chart' }).check();
    await legend.getByRole('rowheader', { name: '04002211 Ch1', exact: true }).waitFor();
    expect([parameter(page, 'by'), parameter(page, 'compare')]).toEqual(['channel', 'previous']);
    await page.getByText('Show the figures').last().click();
    await page.getByRole('table', { name: 'Mean power by weekday and hour' }).waitFor();
    await page.context().close();
  });

  it('show what days cost, and lead to the bill of the site', async () => {
    const { page } = await open(`${sitePagePath.full}?range=month&at=2026-03-01`);
    await page.getByRole('heading', { name: 'Cost per day (EUR)' }).waitFor();
    await page.getByText('On 1 day nothing was measured').waitFor();
    await page.getByText('Without Dépassement').waitFor();
    const section = page.getByRole('figure', { name: 'Cost per day (EUR)' });
    await section.getByText('Show the figures').click();
    const table = section.getByRole('table', { name: 'Cost per day (EUR)' });
    const unmeasured = table.getByRole('row').filter({ hasText: /^0?4 Mar/u });
    expect(await unmeasured.textContent()).toMatch(/€0\.51.*0.%/u);
    const bill = page.getByRole('link', { name: 'See the bill of the month' });
    const id = sitePagePath.full.split('/').at(-1) ?? '';
    expect(await bill.getAttribute('href')).toBe(`/bills?site=${id}&month=2026-03`);
    const all = page.getByRole('link', { name: 'Costs', exact: true }).last();
    expect(await all.getAttribute('href')).toBe(`/bills?site=${id}`);
    await page.context().close();
  });

  it('say where a tariff is chosen when the site has none', async () => {
    const { page } = await open(sitePagePath.full, 'viewer', ({ path, query }) =>
      path === `/api${sitePagePath.full}/cost` ? noCost(query) : undefined,
    );
    const link = page.getByRole('link', { name: 'Choose the tariff of the site' });
    expect(await link.getAttribute('href')).toMatch(/^\/bills\?site=/u);
    await page.context().close();
  });

  it('change what differs, and delete what is confirmed', async () => {
    const { page, changes } = await open(sitePagePath.full);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Notes' }).fill('New lock');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Actions for Ch2' }).first().click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Sample period (s)' }).fill('300');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete North plant?' });
    await dialog.getByText('1,204,310 measurements').waitFor();
    const button = dialog.getByRole('button', { name: 'Delete for good' });
    expect(await button.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('north-plant');
    await button.click();
    await page.waitForURL((url) => url.pathname === '/sites');
    expect(changes.map(({ method, body }) => [method, body])).toEqual([
      ['PATCH', { notes: 'New lock' }],
      ['PATCH', { samplePeriodSeconds: 300 }],
      ['DELETE', null],
    ]);
    expect(changes[2]?.query.get('confirm')).toBe('north-plant');
    await page.context().close();
  });

  it('offer a viewer nothing that would be refused', async () => {
    const { page, changes } = await open(sitePagePath.full, 'viewer');
    await page.getByRole('heading', { level: 1, name: 'North plant' }).waitFor();
    for (const name of ['Edit', 'Archive', 'Delete', 'Add device']) {
      const button = page.getByRole('button', { name, exact: true });
      expect(await button.getAttribute('aria-disabled'), name).toBe('true');
      await button.click({ force: true });
    }
    expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
    expect([await page.getByRole('dialog').count(), changes]).toEqual([0, []]);
    await page.context().close();
  });

  it('keep the import policy', async () => {
    const policy: ImportPolicy = { unknownDevices: 'create' };
    const { page } = await open('/settings/import-policy', 'admin', importPolicyApi(policy));
    await page.getByRole('radio', { name: 'Reject the file' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect(policy.unknownDevices).toBe('reject');
    await page.context().close();
  });
});
