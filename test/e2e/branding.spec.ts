import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Branding } from '#libs/contracts';
import { chromiumPath, launchBrowser, openPage } from './browser.js';
import { brandingApi, loudBrand, plainBrand } from './pages/branding-api.js';
import { firstOf, servePages, sessionApi, type FakeApi } from './pages/page-server.js';
import { fleetPushApi, pushesWell } from './pages/portal-api.js';

const nobody: FakeApi = () => undefined;
const backgroundOf = (selector: string) =>
  `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`;

describe.skipIf(chromiumPath === undefined)('branding in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  async function openSettings(page: Page, brand: Branding, role: 'admin' | 'viewer' = 'admin') {
    const fake = brandingApi(brand);
    const all = firstOf(fake.api, fleetPushApi(pushesWell, []), sessionApi(brand.applicationName, role));
    const origin = await servePages(page, 'portal', all);
    await page.goto(`${origin}/settings/branding`);
    await page.getByRole('heading', { name: 'Branding', level: 1 }).waitFor();
    return { ...fake, origin };
  }

  it('is what the sign-in page shows, and nothing before it is known', async () => {
    const page = await openPage(browser);
    const held = Promise.withResolvers<void>();
    const { api } = brandingApi(loudBrand);
    const slow: FakeApi = async (request) => {
      if (request.path === '/api/application') await held.promise;
      return api(request) ?? nobody(request);
    };
    const origin = await servePages(page, 'portal', slow);
    const started = page.waitForRequest(`${origin}/api/session`);
    await page.goto(`${origin}/sign-in`);
    await started;
    expect(await page.evaluate('document.body.innerText.trim()')).toBe('');
    expect(await page.title()).toBe('Portal');
    held.resolve();
    await page.getByRole('heading', { name: loudBrand.applicationName }).waitFor();
    expect(await page.title()).toBe(`Sign in · ${loudBrand.applicationName}`);
    await page.getByText('support@bolt.example').waitFor();
    expect(await page.locator('main img').getAttribute('src')).toBe('/api/branding/logo?v=1');
    expect(await page.evaluate(backgroundOf('button[type=submit]'))).toBe('rgb(157, 23, 77)');
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe(
      '/api/branding/favicon?v=1&size=32',
    );
    expect(await page.content()).not.toContain('Wattfleet');
    await page.context().close();
  });

  it('is tried in the preview, mended with one click, and shown everywhere once it is saved', async () => {
    const page = await openPage(browser);
    const { current } = await openSettings(page, plainBrand);
    await page.getByRole('textbox', { name: 'Application name' }).fill('Solar & Co');
    await page.getByRole('textbox', { name: 'Primary colour' }).fill('#ffd400');
    await page.keyboard.press('Escape');
    await page.getByRole('figure').getByText('Solar & Co').first().waitFor();
    expect(await page.getByRole('banner').getByText('Portal of Acme').count()).toBe(1);
    await page.getByText('has a contrast of 1.3:1').waitFor();
    await page.getByRole('button', { name: /^Use #[0-9a-f]{6} instead$/ }).click();
    expect(await page.getByText('WCAG AA asks for').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Secondary colour' }).fill('#123');
    await page.getByRole('textbox', { name: 'Accent colour' }).fill('nonsense');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a colour such as').waitFor();
    await page.getByRole('textbox', { name: 'Accent colour' }).fill('');
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Footer' }).fill('© Solar');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('banner').getByText('Solar & Co').waitFor();
    await page.locator('footer').getByText('© Solar').waitFor();
    expect(current()).toMatchObject({ secondaryColor: '#112233', accentColor: null, footerText: '© Solar' });
    expect(await page.evaluate(backgroundOf('header'))).toBe('rgb(17, 34, 51)');
    expect(await page.title()).toBe('Branding · Solar & Co');
    await page.context().close();
  });

  it('takes a logo from the keyboard’s file dialog and by dropping, and says what it does not take', async () => {
    const page = await openPage(browser);
    const { sent } = await openSettings(page, plainBrand);
    const input = page.getByLabel('Choose a logo, or drop it here');
    await input.setInputFiles({ name: 'a.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') });
    await page.getByRole('alert').getByText('a.gif is no PNG, JPEG, WebP or SVG.').waitFor();
    expect(sent).toEqual([]);
    await input.setInputFiles({ name: 'bad.png', mimeType: 'image/png', buffer: Buffer.from('no') });
    await page.getByRole('alert').getByText('The picture cannot be read').waitFor();
    const chooser = page.waitForEvent('filechooser');
    // Also the round trip that lets the browser know of whoever waits for its dialog.
    await input.focus();
    await page.keyboard.press('Enter');
    const logo = { name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') };
    await (await chooser).setFiles(logo);
    await page.getByRole('banner').locator('img[src="/api/branding/logo?v=2"]').waitFor();
    expect(sent.map(String)).toEqual(['no', '<svg/>']);
    await page.getByRole('button', { name: 'Remove the logo' }).click();
    await page.getByText('None yet').waitFor();
    expect(await page.getByRole('banner').locator('img').count()).toBe(0);
    await page.context().close();
  });

  it('is reset after a confirmation', async () => {
    const page = await openPage(browser);
    const { current } = await openSettings(page, loudBrand);
    await page.getByRole('button', { name: 'Reset' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reset the branding?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(current()).toEqual(loudBrand);
    await page.getByRole('button', { name: 'Reset' }).click();
    await dialog.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('banner').getByText('Portal of Acme').waitFor();
    expect(await page.getByRole('textbox', { name: 'Primary colour' }).inputValue()).toBe('');
    await page.context().close();
  });

  it('can be looked at by others, not changed', async () => {
    const page = await openPage(browser);
    await openSettings(page, loudBrand, 'viewer');
    await page.getByText('Only admins change').waitFor();
    expect(await page.getByRole('textbox', { name: 'Application name' }).isDisabled()).toBe(true);
    expect(await page.getByLabel('Choose a logo').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true');
    await page.context().close();
  });
});
