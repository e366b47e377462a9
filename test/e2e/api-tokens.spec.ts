import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddApiTokenBody } from '#libs/contracts';
import type { OpenApi } from '../../apps/portal/src/api-reference/openapi-document.js';
import { renderReference } from '../../apps/portal/src/api-reference/reference-page.js';
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

  it('are not offered to who may not make them', async () => {
    const page = await openPage(browser);
    await open(page, () => undefined, 'viewer');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('link', { name: 'API tokens' }).count()).toBe(0);
    await page.context().close();
  });

  it.each([
    { dark: false, width: 1_280 },
    { dark: true, width: 390 },
  ])('have a reference that can be read (dark: $dark, width: $width)', async ({ dark, width }) => {
    const page = await openPage(browser, { dark, width });
    await page.setContent(renderReference(referenceDocument));
    await page.getByText('Body', { exact: true }).click();
    await takePicture(page, `portal-api-reference-${width}`, true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });
});

const referenceDocument: OpenApi = {
  openapi: '3.1.0',
  info: { title: 'Acme Power API', version: '0.1.0', description: 'Send `Authorization: Bearer …`.' },
  servers: [],
  components: { schemas: {}, responses: {}, securitySchemes: {} },
  paths: {
    '/api/measurements/{a-long-name-without-a-place-to-break-it-that-is-wider-than-a-phone}': {
      post: {
        operationId: 'postMeasurements',
        summary: 'Send measurements',
        description: 'Each row names its channel.',
        tags: ['measurements'],
        security: [{ apiToken: ['measurements:write'] }, { session: [] }],
        parameters: [
          { name: 'bucket', in: 'query', required: false, schema: { enum: ['raw', 'hour'], default: 'raw' } },
          {
            name: 'channelId',
            in: 'query',
            required: true,
            schema: { type: 'array', items: { type: 'string' } },
          },
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { description: 'x'.repeat(200) },
              example: { rows: ['y'.repeat(200)] },
            },
          },
        },
        responses: { 200: { description: 'Done', content: { 'text/csv': { schema: { type: 'string' } } } } },
      },
    },
  },
};
