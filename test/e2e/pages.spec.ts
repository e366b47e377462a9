import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerSummary } from '#libs/contracts';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import { adminApi, pushFirst } from './pages/admin-api.js';
import { fleetOfThousand } from './pages/admin-data.js';
import { FakeProblem, firstOf, servePages, sessionApi, type FakeApi } from './pages/page-server.js';

describe.skipIf(chromiumPath === undefined)('the pages of Admin in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  function openAdmin(page: Page, customers: CustomerSummary[], role: 'admin' | 'operator' = 'admin') {
    return servePages(page, 'admin', firstOf(sessionApi('Wattfleet Admin', role), adminApi(customers)));
  }

  it('keep search, filters, order and page of the customers in the address', async () => {
    const page = await openPage(browser);
    const origin = await openAdmin(page, [...fleetOfThousand]);
    await page.goto(`${origin}/customers`);
    const rows = page.getByRole('table', { name: 'Customers' }).locator('tbody tr');
    await page.getByRole('button', { name: 'Code' }).click();
    await rows.first().getByRole('link', { name: 'ABC1000' }).waitFor();
    const heading = page.getByRole('columnheader', { name: 'Code' });
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('button', { name: 'Late 35' }).click();
    await page.getByText('35 matches of 1,000 customers').waitFor();
    expect(await page.getByRole('button', { name: 'Late 35' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('searchbox').fill('hôtel');
    await page.waitForURL((url) => url.searchParams.get('q') === 'hôtel');
    expect(new URL(page.url()).search).toBe('?q=h%C3%B4tel&health=late&order=desc');
    await page.locator('a[href="/api/customers/export.csv?q=h%C3%B4tel&health=late&order=desc"]').waitFor();
    await page.goto(`${origin}/customers?page=20&sort=name`);
    await rows.nth(49).waitFor();
    expect(await page.getByRole('button', { name: 'Page 20' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('button', { name: 'Page 19' }).click();
    await page.waitForURL((url) => url.searchParams.get('page') === '19');
    await page.goBack();
    expect(new URL(page.url()).searchParams.get('page')).toBe('20');
    await page.context().close();
  });

  it('keep the rows of one page until those of the next arrive', async () => {
    const page = await openPage(browser);
    const held = Promise.withResolvers<void>();
    const all = adminApi([...fleetOfThousand]);
    const slow: FakeApi = async (request) => {
      if (request.query.get('page') === '2') await held.promise;
      return all(request);
    };
    const origin = await servePages(page, 'admin', firstOf(sessionApi('Wattfleet Admin', 'admin'), slow));
    await page.goto(`${origin}/customers`);
    await page.getByRole('button', { name: 'Page 2', exact: true }).click();
    await page.locator('table[aria-busy=true]').waitFor();
    expect(await page.getByRole('link', { name: 'ABC0001' }).count()).toBe(1);
    held.resolve();
    await page.getByRole('link', { name: 'ABC0051' }).waitFor();
    expect(await page.locator('table').getAttribute('aria-busy')).toBe('false');
    await page.context().close();
  });

  it('remember the columns that this browser does not show', async () => {
    const page = await openPage(browser);
    const origin = await openAdmin(page, [...fleetOfThousand]);
    await page.goto(`${origin}/customers`);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Stack version' }).uncheck();
    expect(await page.getByRole('checkbox', { name: 'Code' }).isDisabled()).toBe(true);
    await page.reload();
    await page.getByRole('columnheader', { name: 'Backlog' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Stack version' }).count()).toBe(0);
    await page.context().close();
  });

  it('register a customer, show its token once and wait for its first push', async () => {
    const page = await openPage(browser);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const customers = [...fleetOfThousand];
    const origin = await openAdmin(page, customers);
    await page.goto(`${origin}/customers`);
    await page.getByRole('button', { name: 'Register customer' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill('ABC0001');
    await page.getByRole('textbox', { name: 'Name' }).fill('Second customer');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('The code is taken').waitFor();
    await page.getByRole('textbox', { name: 'Code' }).fill('XYZ0042');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Store the push token' });
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();
    const token = await dialog.getByLabel('Push token').inputValue();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Close' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'I have stored it' }).check();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Waiting for the first push').waitFor();
    expect(await page.content()).not.toContain(token);
    pushFirst(customers, 'XYZ0042');
    await page.getByText('The first push has arrived').waitFor({ timeout: 5_000 });
    await page.context().close();
  });

  it('want the code of a customer typed before it is deleted', async () => {
    const page = await openPage(browser);
    const origin = await openAdmin(page, [...fleetOfThousand]);
    await page.goto(`${origin}/customers/ABC0001`);
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete ABC0001?' });
    await dialog.getByText('18,403,221').waitFor();
    const action = dialog.getByRole('button', { name: 'Delete for good' });
    await dialog.getByRole('textbox').fill('ABC000');
    expect(await action.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('ABC0001');
    expect(await action.isDisabled()).toBe(false);
    await takePicture(page, 'admin-customer-delete');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Delete');
    await page.context().close();
  });

  it('load older events, and only those with problems', async () => {
    const page = await openPage(browser);
    const origin = await openAdmin(page, [...fleetOfThousand]);
    await page.goto(`${origin}/customers/ABC0001?tab=events`);
    const rows = page.getByRole('table', { name: 'Ingest events' }).locator('tbody tr');
    await page.getByRole('button', { name: 'Load older' }).click();
    await rows.nth(99).waitFor();
    expect(await page.getByRole('button', { name: 'Load older' }).count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Problems only' }).check();
    await rows.nth(99).waitFor({ state: 'detached' });
    expect(await rows.first().textContent()).toContain('TOKEN_REVOKED');
    expect(new URL(page.url()).search).toBe('?tab=events&problems=true');
    await page.context().close();
  });

  it('offer an operator nothing that would be refused', async () => {
    const page = await openPage(browser);
    const origin = await openAdmin(page, [...fleetOfThousand], 'operator');
    const changes: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') changes.push(request.url());
    });
    const buttons =
      /^(Register|Edit|Disable$|Delete|Add|Rotate|Revoke|Make|Set password|Remove|Acknowledge|Test)/;
    for (const path of [
      '/customers',
      '/customers/ABC0001?tab=tokens',
      '/alerts',
      '/alerts?tab=rules',
      '/operators',
    ]) {
      await page.goto(`${origin}${path}`);
      await page.getByRole('table').locator('tbody tr').first().waitFor();
      for (const button of await page.getByRole('button', { name: buttons }).all()) {
        expect(await button.getAttribute('aria-disabled'), `${path}: ${String(button)}`).toBe('true');
        await button.click({ force: true });
      }
    }
    await page.reload();
    await page.getByRole('button', { name: 'Add operator' }).focus();
    await page.getByRole('tooltip', { name: /ask an admin/ }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(changes).toEqual([]);
    await page.context().close();
  });

  it('say what went wrong, and try again', async () => {
    const page = await openPage(browser);
    let broken = true;
    const down: FakeApi = ({ path }) => {
      if (!broken || path !== '/api/customers') return undefined;
      throw new FakeProblem({
        status: 503,
        code: 'DATABASE_UNAVAILABLE',
        title: 'The database cannot be reached',
        remedy: 'Try again in a minute.',
        requestId: 'req-77',
      });
    };
    const apis = [sessionApi('Wattfleet Admin', 'admin'), down, adminApi([...fleetOfThousand])];
    const origin = await servePages(page, 'admin', firstOf(...apis));
    await page.goto(`${origin}/customers`);
    const alert = page.getByRole('alert');
    await alert.getByText('The database cannot be reached').waitFor();
    expect(await alert.textContent()).toContain('req-77');
    expect(await accessibilityProblems(page)).toEqual([]);
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'ABC0001' }).waitFor();
    await page.context().close();
  });

  it('are worked with the keyboard', async () => {
    const page = await openPage(browser);
    const origin = await openAdmin(page, [...fleetOfThousand]);
    await page.goto(`${origin}/customers/ABC0001`);
    await page.getByRole('tab', { name: 'Overview' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL((url) => url.searchParams.get('tab') === 'events');
    await page.goto(`${origin}/customers`);
    await page.getByRole('columnheader', { name: 'Code' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.getByRole('button', { name: 'Name', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('sort') === 'name');
    await page.context().close();
  });
});
