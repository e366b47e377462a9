import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, openPage } from './browser.js';
import { adminApi } from './pages/admin-api.js';
import { fleetOfThousand } from './pages/admin-data.js';
import { FakeProblem, firstOf, servePages, sessionApi, type FakeApi } from './pages/page-server.js';
import { fleetPushApi, isHeld, pushesWell, quarantined } from './pages/portal-api.js';

const focused = 'document.activeElement.tagName';

describe.skipIf(chromiumPath === undefined)('the feel of the pages in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  function openPortal(page: Page, ...apis: FakeApi[]) {
    return servePages(page, 'portal', firstOf(sessionApi('Acme Power Monitoring', 'admin'), ...apis));
  }

  it('speak the language of the browser until another is chosen, which is remembered', async () => {
    const page = await openPage(browser, { locale: 'fr-CA' });
    const origin = await openPortal(page, fleetPushApi(isHeld, [quarantined]));
    await page.goto(`${origin}/settings/fleet`);
    await page.getByRole('link', { name: 'Paramètres' }).waitFor();
    await page.getByText('304 118 lignes').waitFor();
    expect(await page.title()).toBe('Parc · Acme Power Monitoring');
    await page.getByRole('button', { name: /^Compte : / }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByText('304,118 rows').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.evaluate(focused)).toBe('MAIN');
    await page.reload();
    await page.getByText('304,118 rows').waitFor();
    expect(await page.title()).toBe('Fleet · Acme Power Monitoring');
    await page.context().close();
  });

  it('offer the languages before sign-in, and name problems in them', async () => {
    const page = await openPage(browser);
    const refused: FakeApi = ({ method }) => {
      const code = method === 'POST' ? 'SIGN_IN_FAILED' : 'SIGN_IN_REQUIRED';
      throw new FakeProblem({ status: 401, code, title: 'In English' });
    };
    const signedOut: FakeApi = (request) =>
      request.path === '/api/session'
        ? refused(request)
        : sessionApi('Acme Power Monitoring', 'admin')(request);
    await page.goto(`${await servePages(page, 'portal', signedOut)}/sign-in`);
    await page.getByRole('button', { name: 'Language: English' }).click();
    await page.getByRole('menuitemradio', { name: 'Français' }).click();
    await page.getByLabel('E-mail').fill('nobody@example.com');
    await page.getByLabel('Mot de passe', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('L’e-mail ou le mot de passe est faux');
    await page.context().close();
  });

  it('leave Admin in English whatever the browser speaks', async () => {
    const page = await openPage(browser, { locale: 'fr-FR' });
    const api = firstOf(sessionApi('Wattfleet Admin', 'admin'), adminApi([...fleetOfThousand]));
    await page.goto(`${await servePages(page, 'admin', api)}/customers`);
    await page.getByText('1,000 customers').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await page.getByRole('menuitemradio', { name: 'Français' }).count()).toBe(0);
    await page.context().close();
  });

  it('give a new page the focus and say its title', async () => {
    const page = await openPage(browser);
    const origin = await openPortal(page, fleetPushApi(pushesWell, []));
    await page.goto(`${origin}/nowhere`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Fleet' }).click();
    await page.getByRole('status').filter({ hasText: 'Fleet · Acme' }).waitFor({ state: 'attached' });
    expect(await page.evaluate(focused)).toBe('MAIN');
    await page.context().close();
  });

  it('give the focus back after a dialog, or to the page when the row is gone', async () => {
    const page = await openPage(browser);
    const entries = [quarantined];
    const discard: FakeApi = ({ method }) => (method === 'DELETE' ? entries.splice(0) : undefined);
    const origin = await openPortal(page, discard, fleetPushApi(isHeld, entries));
    await page.goto(`${origin}/settings/fleet`);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog', { name: 'Discard 12 rows?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Discard');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('The quarantine is empty').waitFor();
    await page.waitForFunction(`${focused} === 'MAIN'`);
    await page.context().close();
  });

  it('name the whole time beside every relative one', async () => {
    const page = await openPage(browser);
    const origin = await openPortal(page, fleetPushApi(isHeld, [quarantined]));
    await page.goto(`${origin}/settings/fleet`);
    const times = page.locator('time').filter({ hasText: /ago|^in |just now/ });
    await times.first().waitFor();
    for (const time of await times.all())
      expect(await time.getAttribute('title')).toMatch(/ \d{4}, .*\(Europe\/Paris\)$/);
    await page.context().close();
  });

  it('move nothing for who wants no motion', async () => {
    const page = await openPage(browser);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const never: FakeApi = () => new Promise(() => undefined);
    const origin = await openPortal(page, never);
    await page.goto(`${origin}/settings/fleet`);
    await page.locator('.mantine-Skeleton-root').first().waitFor();
    const [times, seconds] = await page.evaluate<[string, string]>(`(() => {
      const style = getComputedStyle(document.querySelector('.mantine-Skeleton-root'), '::after');
      return [style.animationIterationCount, style.animationDuration];
    })()`);
    expect(times).toBe('1');
    expect(parseFloat(seconds)).toBeLessThan(0.001);
    await page.context().close();
  });
});
