import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import { adminApi } from './pages/admin-api.js';
import { fleetOfThousand } from './pages/admin-data.js';
import { layoutShift } from './pages/layout-shift.js';
import { firstOf, servePages, sessionApi, type FakeApi } from './pages/page-server.js';
import { portalPages } from './pages/portal-pages.js';

const looks = [
  { dark: false, width: 1_280, suffix: '' },
  { dark: true, width: 1_280, suffix: '-dark' },
  { dark: false, width: 375, suffix: '-narrow' },
  { dark: true, width: 375, suffix: '-narrow-dark' },
];

const adminPages = [
  { path: '/fleet', name: 'fleet', shows: 'figure[aria-labelledby] canvas >> nth=1' },
  { path: '/customers', name: 'customers', shows: 'table[aria-label=Customers] tbody tr >> nth=49' },
  { path: '/customers?q=nobody', name: 'customers-none', shows: 'text=No customer matches' },
  { path: '/customers/ABC0001', name: 'customer', shows: 'figure canvas >> nth=1' },
  { path: '/customers/ABC0001?tab=events', name: 'customer-events', shows: 'table tbody tr >> nth=49' },
  { path: '/customers/ABC0001?tab=sites', name: 'customer-sites', shows: 'text=North plant' },
  { path: '/customers/ABC0001?tab=tokens', name: 'customer-tokens', shows: 'text=Begins with' },
  { path: '/customers/ABC0007', name: 'customer-waiting', shows: 'text=Waiting for the first push' },
  { path: '/customers/NOBODY', name: 'customer-unknown', shows: 'text=There is no such customer' },
  { path: '/alerts', name: 'alerts', shows: 'table tbody tr >> nth=1' },
  { path: '/alerts?tab=rules', name: 'alert-rules', shows: 'table tbody tr >> nth=3' },
  { path: '/alerts?tab=destinations', name: 'alert-destinations', shows: 'table tbody tr >> nth=1' },
  { path: '/audit', name: 'audit', shows: 'table tbody tr >> nth=1' },
  { path: '/operators', name: 'operators', shows: 'table tbody tr >> nth=1' },
];

describe.skipIf(chromiumPath === undefined)('the looks of the pages in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  function openAdmin(page: Page) {
    return servePages(
      page,
      'admin',
      firstOf(sessionApi('Wattfleet Admin', 'admin'), adminApi([...fleetOfThousand])),
    );
  }

  it.each(looks)('show all of Admin (dark: $dark, width: $width)', async ({ dark, width, suffix }) => {
    const page = await openPage(browser, { dark, width });
    const origin = await openAdmin(page);
    const problems: Record<string, string[]> = {};
    for (const { path, name, shows } of adminPages) {
      await page.goto(`${origin}${path}`);
      await page.locator(shows).first().waitFor({ state: 'attached' });
      await takePicture(page, `admin-${name}${suffix}`, true);
      const found = await accessibilityProblems(page);
      if (found.length > 0) problems[path] = found;
    }
    expect(problems).toEqual({});
    await page.context().close();
  });

  const inBothLanguages = looks.flatMap((look) => ['en-GB', 'fr-FR'].map((locale) => ({ ...look, locale })));

  it.each(inBothLanguages)(
    'show all of the portal (dark: $dark, width: $width, $locale)',
    async ({ dark, width, suffix, locale }) => {
      const page = await openPage(browser, { dark, width, locale });
      const problems: Record<string, string[]> = {};
      for (const { path, name, api } of portalPages) {
        const origin = await servePages(page, 'portal', slowly(api));
        await page.goto(`${origin}${path}`);
        await settle(page);
        const shift = await layoutShift(page);
        await takePicture(page, `portal-${name}${suffix}-${locale.slice(0, 2)}`, true);
        const found = await accessibilityProblems(page);
        if (shift > mostShift) found.push(`what was on screen moved: ${shift.toFixed(3)}`);
        if (found.length > 0) problems[name] = found;
      }
      expect(problems).toEqual({});
      expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
      await page.context().close();
    },
  );
});

/** As over a network: first the page without its data, then with it. */
function slowly(api: FakeApi): FakeApi {
  return async (request) => {
    await delay(80);
    return api(request);
  };
}

/** People notice 0.1 (web.dev/cls). */
const mostShift = 0.05;

/** Until nothing is loading any more. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}
