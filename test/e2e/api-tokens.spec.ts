import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddApiTokenBody, ApiToken } from '#libs/contracts';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import { apiTokens, apiTokensApi } from './pages/api-tokens-api.js';
import { firstOf, servePages, sessionApi, type FakeApi } from './pages/page-server.js';

describe.skipIf(chromiumPath === undefined)('the API tokens in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  async function open(
    page: Page,
    api: FakeApi = apiTokensApi(structuredClone(apiTokens)),
    role: 'admin' | 'viewer' = 'admin',
  ) {
    const origin = await servePages(page, 'portal', firstOf(sessionApi('Acme Power', role), api));
    await page.goto(`${origin}/settings/api-tokens`);
  }

  it('are made with what they may do and for how long, shown once and revoked', async () => {
    const page = await openPage(browser);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const bodies: AddApiTokenBody[] = [];
    const api = apiTokensApi(structuredClone(apiTokens));
    await open(page, (request) => {
      if (request.method === 'POST') bodies.push(request.body as AddApiTokenBody);
      return api(request);
    });
    await page.getByRole('button', { name: 'Add token' }).click();
    const form = page.getByRole('dialog', { name: 'Add token' });
    await form.getByRole('checkbox', { name: 'Send measurements' }).uncheck();
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('Enter a name').waitFor();
    await form.getByText('Choose what it may do').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await form.getByRole('textbox', { name: 'Name' }).fill('Roof logger');
    await form.getByRole('checkbox', { name: 'Send measurements' }).check();
    await form.getByRole('combobox', { name: 'Valid for' }).click();
    await page.getByRole('option', { name: '90 days' }).click();
    await takePicture(page, 'portal-api-token-add');
    await form.getByRole('button', { name: 'Add', exact: true }).click();

    const shown = page.getByRole('dialog', { name: 'Store the API token' });
    await shown.getByRole('button', { name: 'Copy' }).click();
    await shown.getByRole('button', { name: 'Copied' }).waitFor();
    const secret = await shown.getByLabel('API token').inputValue();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    await page.keyboard.press('Escape');
    expect(await shown.getByRole('button', { name: 'Close' }).isDisabled()).toBe(true);
    await takePicture(page, 'portal-api-token-shown');
    await shown.getByRole('checkbox', { name: 'I have stored it' }).check();
    await shown.getByRole('button', { name: 'Close' }).click();
    await shown.waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(secret);
    expect(bodies).toEqual([{ name: 'Roof logger', scopes: ['measurements:write'], expiresInDays: 90 }]);

    const row = page.getByRole('row').filter({ hasText: 'Roof logger' });
    await row.getByText('Valid').waitFor();
    await page.getByRole('button', { name: 'Revoke Roof logger' }).click();
    await page.getByRole('button', { name: 'Revoke now' }).click();
    await row.getByText('Revoked').waitFor();
    expect(await page.getByRole('button', { name: 'Revoke Roof logger' }).count()).toBe(0);
    await page.context().close();
  });

  it.each([
    { dark: false, width: 1_280, language: 'en' },
    { dark: true, width: 390, language: 'en' },
    { dark: false, width: 390, language: 'fr' },
    { dark: true, width: 1_280, language: 'fr' },
  ])('look right (dark: $dark, width: $width, $language)', async ({ dark, width, language }) => {
    const page = await openPage(browser, { dark, width });
    await page.addInitScript(`localStorage.setItem('wattfleet-language', '${language}')`);
    const suffix = `${language}-${width}${dark ? '-dark' : ''}`;
    await open(page);
    await page.getByText('Spreadsheet').waitFor();
    await takePicture(page, `portal-api-tokens-${suffix}`, true);
    expect(await accessibilityProblems(page)).toEqual([]);
    const none: ApiToken[] = [];
    await open(page, apiTokensApi(none));
    await page.getByText(language === 'en' ? 'No API tokens' : 'Aucun jeton d’API').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  it('are not offered to who may not make them', async () => {
    const page = await openPage(browser);
    await open(page, () => undefined, 'viewer');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('link', { name: 'API tokens' }).count()).toBe(0);
    await page.context().close();
  });
});
