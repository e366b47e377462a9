import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteDashboardUid } from '#libs/contracts';
import { chromiumPath, launchBrowser, openPage } from './browser.js';
import { dashboards, dashboardsApi } from './pages/dashboards-api.js';
import { firstOf, servePages } from './pages/page-server.js';
import { portalSession } from './pages/portal-pages.js';
import { sitesApi } from './pages/sites-api.js';
import { northPlant } from './pages/sites-data.js';

describe.skipIf(chromiumPath === undefined)('dashboards in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const api = firstOf(portalSession, dashboardsApi(dashboards), sitesApi());
  const uid = siteDashboardUid(northPlant.id);

  it('lead from a site to its dashboard, in its time zone, without Grafana’s bars', async () => {
    const page = await openPage(browser);
    const origin = await servePages(page, 'portal', api);
    await page.goto(`${origin}/sites/${northPlant.id}`);
    await page.getByRole('link', { name: 'Dashboard', exact: true }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByText(`/grafana/d/${uid} kiosk ${northPlant.timeZone}`).waitFor();
    const tab = page.getByRole('link', { name: 'Open in a new tab' });
    expect(await tab.getAttribute('href')).toContain(`/grafana/d/${uid}?`);
    expect(await tab.getAttribute('href')).not.toContain('kiosk');
    await page.context().close();
  });

  it('are chosen by name, and the choice is in the address', async () => {
    const page = await openPage(browser);
    const origin = await servePages(page, 'portal', api);
    await page.goto(`${origin}/dashboards`);
    await page.frameLocator('iframe').getByText('/grafana/d/portfolio kiosk').waitFor();
    await page.getByRole('combobox', { name: 'Dashboard' }).click();
    await page.getByRole('option', { name: northPlant.name }).click();
    await page.frameLocator('iframe').getByText(`/grafana/d/${uid}`).waitFor();
    expect(new URL(page.url()).searchParams.get('dashboard')).toBe(uid);
    await page.context().close();
  });

  it.each([
    ['light', false],
    ['dark', true],
  ])('are %s as the portal is', async (theme, dark) => {
    const page = await openPage(browser, { dark });
    const origin = await servePages(page, 'portal', api);
    await page.goto(`${origin}/dashboards`);
    const frame = page.locator('iframe');
    await frame.waitFor();
    expect(await frame.getAttribute('src')).toContain(`theme=${theme}`);
    await page.context().close();
  });
});
