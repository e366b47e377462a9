import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import {
  accountsApi,
  givenPassword,
  newcomerApi,
  portalSessions,
  portalUsers,
} from './pages/accounts-api.js';
import { firstOf, servePages, sessionApi } from './pages/page-server.js';

const application = 'Acme Power Monitoring';

describe.skipIf(chromiumPath === undefined)('the pages of accounts in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  function openPortal(page: Page, users = portalUsers(), sessions = portalSessions()) {
    return servePages(
      page,
      'portal',
      firstOf(sessionApi(application, 'admin'), accountsApi(users, sessions)),
    );
  }

  it('add a user and show the temporary password once', async () => {
    const page = await openPage(browser);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const origin = await openPortal(page);
    await page.goto(`${origin}/settings/users`);
    await page.getByRole('button', { name: 'Add user' }).click();
    const form = page.getByRole('dialog', { name: 'Add user' });
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('Enter an e-mail address').waitFor();
    await form.getByRole('textbox', { name: 'E-mail' }).fill('anne.dupont@acme.example');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('There is such an account').waitFor();
    await form.getByRole('textbox', { name: 'E-mail' }).fill('second.admin@acme.example');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const shown = page.getByRole('dialog', { name: 'Pass on the temporary password' });
    await shown.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(givenPassword);
    await takePicture(page, 'portal-user-added');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await shown.getByRole('checkbox', { name: 'I have stored it' }).check();
    await shown.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader', { name: 'second.admin@acme.example' }).waitFor();
    expect(await page.content()).not.toContain(givenPassword);
    await page.context().close();
  });

  it('change, disable and delete users, but not the last admin', async () => {
    const page = await openPage(browser);
    const users = portalUsers();
    const origin = await openPortal(page, users);
    await page.goto(`${origin}/settings/users`);
    for (const name of ['Change role of ops@wattfleet.example']) {
      const button = page.getByRole('button', { name });
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      await button.focus();
      await page.getByRole('tooltip', { name: 'This is the last admin who can sign in' }).waitFor();
    }
    await page.getByRole('button', { name: 'Change role of anne.dupont@acme.example' }).click();
    await page.getByRole('radio', { name: /^Admin/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /anne\.dupont.*Admin/ }).waitFor();
    await page.getByRole('button', { name: 'Disable new.colleague@acme.example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('row', { name: /new\.colleague.*Disabled/ }).waitFor();
    await page.getByRole('button', { name: 'Delete former.colleague@acme.example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('rowheader', { name: /former/ }).waitFor({ state: 'detached' });
    expect(users.map(({ email, role }) => `${email} ${role}`)).toEqual([
      'anne.dupont@acme.example admin',
      'new.colleague@acme.example viewer',
      'ops@wattfleet.example admin',
    ]);
    await page.context().close();
  });

  it('end sessions', async () => {
    const page = await openPage(browser);
    const sessions = portalSessions();
    const origin = await openPortal(page, portalUsers(), sessions);
    await page.goto(`${origin}/settings/account`);
    await page.getByRole('button', { name: 'End the session of Safari on iOS' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Safari on iOS' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('rowheader', { name: 'Unknown browser' }).waitFor({ state: 'detached' });
    await page.getByRole('rowheader', { name: 'Chrome on Windows (this one)' }).waitFor();
    expect(sessions).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'End all others' }).count()).toBe(0);
    await page.context().close();
  });

  it('suggest a password and say what is wrong with one', async () => {
    const page = await openPage(browser);
    const origin = await openPortal(page);
    await page.goto(`${origin}/settings/account`);
    const form = page.getByRole('form', { name: 'Change password' });
    const submit = form.getByRole('button', { name: 'Change password' });
    const fields = form.locator('input');
    await form.getByRole('textbox', { name: 'Present password' }).fill('wrong');
    await fields.nth(1).fill('short');
    await submit.click();
    await form.getByText('Use at least 12 characters').waitFor();
    await form.getByRole('button', { name: 'Suggest one' }).click();
    const suggested = await fields.nth(1).inputValue();
    expect(suggested).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(await fields.nth(2).inputValue()).toBe(suggested);
    expect(await fields.nth(1).getAttribute('type')).toBe('text');
    await submit.click();
    await form.getByRole('alert').getByText('The present password is wrong').waitFor();
    await form.getByRole('textbox', { name: 'Present password' }).fill(givenPassword);
    await submit.click();
    await page.getByText('The password is changed').waitFor();
    expect(await fields.nth(1).inputValue()).toBe('');
    await page.context().close();
  });

  it('ask for a password of one’s own before anything else, then show what was wanted', async () => {
    const page = await openPage(browser);
    const origin = await servePages(
      page,
      'portal',
      firstOf(newcomerApi(), sessionApi(application, 'viewer')),
    );
    await page.goto(`${origin}/sites`);
    await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.getByLabel('Temporary password').fill(givenPassword);
    await page.getByRole('button', { name: 'Suggest one' }).click();
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('heading', { name: 'Sites' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sites');
    await page.context().close();
  });

  it('keep the filter of the audit log in the address, and export by it', async () => {
    const page = await openPage(browser);
    const origin = await openPortal(page);
    await page.goto(`${origin}/settings/audit`);
    await page.getByRole('combobox', { name: 'Action' }).click();
    await page.getByRole('option', { name: 'User added' }).click();
    await page.waitForURL((url) => url.search === '?action=account.added');
    await page.getByText('Renamed "North"').waitFor({ state: 'detached' });
    await page.getByLabel('What it was done to').fill('acme');
    await page.waitForURL((url) => url.search === '?action=account.added&subject=acme');
    const address = '/api/audit/export.csv?action=account.added&subject=acme';
    const link = page.getByRole('link', { name: 'Export as CSV' });
    expect(await link.getAttribute('href')).toBe(address);
    await page.context().close();
  });
});
