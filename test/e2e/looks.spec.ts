import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import { adminPages, adminSession } from './pages/admin-pages.js';
import { layoutShift } from './pages/layout-shift.js';
import { servePages, type FakeApi } from './pages/page-server.js';
import { withoutData, type PageInState } from './pages/page-states.js';
import { portalPages, portalSession } from './pages/portal-pages.js';

interface Look {
  dark: boolean;
  width: number;
  locale?: string;
}

const looks: Look[] = [false, true].flatMap((dark) => [1_280, 375].map((width) => ({ dark, width })));

describe.skipIf(chromiumPath === undefined)('the looks of the pages in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  /** What is wrong with any of the pages, by name. */
  async function problemsOf(
    app: 'admin' | 'portal',
    pages: readonly PageInState[],
    { dark, width, locale = 'en-GB' }: Look,
  ): Promise<Record<string, string[]>> {
    const page = await openPage(browser, { dark, width, locale });
    const suffix = `${width < 1_000 ? '-narrow' : ''}${dark ? '-dark' : ''}-${locale.slice(0, 2)}`;
    const problems: Record<string, string[]> = {};
    for (const { path, name, api, shows, mayMove } of pages) {
      const origin = await servePages(page, app, slowly(api));
      await page.goto(`${origin}${path}`);
      await (shows === undefined ? settle(page) : page.locator(shows).first().waitFor({ state: 'attached' }));
      const shift = await layoutShift(page);
      await takePicture(page, `${app}-${name}${suffix}`, true);
      const found = await accessibilityProblems(page);
      if (shift > mostShift && mayMove !== true) found.push(`what was on screen moved: ${shift.toFixed(3)}`);
      if (found.length > 0) problems[name] = found;
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
    await page.context().close();
    return problems;
  }

  it.each(looks)('show all of Admin (dark: $dark, width: $width)', async (look) => {
    expect(await problemsOf('admin', adminPages, look)).toEqual({});
  });

  const inBothLanguages = looks.flatMap((look) => ['en-GB', 'fr-FR'].map((locale) => ({ ...look, locale })));

  it.each(inBothLanguages)('show all of the portal (dark: $dark, width: $width, $locale)', async (look) => {
    expect(await problemsOf('portal', portalPages, look)).toEqual({});
  });

  // Waiting and failing look much the same everywhere: light and wide, dark and narrow will do.
  it.each(looks.filter(({ dark, width }) => dark === width < 1_000))(
    'show pages without data (dark: $dark, width: $width)',
    async (look) => {
      expect(await problemsOf('admin', withoutData(adminPages, adminSession), look)).toEqual({});
      const french = { ...look, locale: 'fr-FR' };
      expect(await problemsOf('portal', withoutData(portalPages, portalSession), french)).toEqual({});
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
