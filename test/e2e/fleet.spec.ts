import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts, type DemoPorts } from '../programs/demo-program.js';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import { Programs } from './programs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'wattfleet-fleet-'));
const code = 'ABC0001';

/** One life of a customer, as an operator sees it: each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('a customer’s life in Chromium (needs chromium)', () => {
  let browser: Browser;
  let programs: Programs;
  let page: Page;
  let ports: DemoPorts;
  let firstToken: string;

  beforeAll(async () => {
    ports = await freePorts();
    programs = new Programs(folder, ports);
    await programs.startAdmin();
    browser = await launchBrowser();
    page = await openPage(browser);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await signIn(page, programs.adminUrl);
  });

  afterAll(async () => {
    await browser.close();
    await programs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Copies the token that is on screen and says that it is stored. */
  async function storeToken(): Promise<string> {
    const dialog = page.getByRole('dialog', { name: 'Store the push token' });
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();
    await dialog.getByRole('checkbox', { name: 'I have stored it' }).check();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
    return page.evaluate<string>('navigator.clipboard.readText()');
  }

  it('begins on the fleet page, which is empty', async () => {
    await page.getByRole('heading', { name: 'Fleet' }).waitFor();
    await page.getByText('No customers yet').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('is registered, and its token is shown once', async () => {
    await page.getByRole('button', { name: 'Register customer' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill(code);
    await page.getByRole('textbox', { name: 'Name' }).fill('Acme Corp');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    firstToken = await storeToken();
    expect(firstToken).toMatch(/^wf_abc0001_[0-9A-Za-z]{43}_[0-9a-f]{8}$/);
    await page.getByText('Waiting for the first push').waitFor();
    expect(await page.content()).not.toContain(firstToken);
  });

  it('sees its first push arrive', async () => {
    await programs.startPortal(firstToken);
    await programs.importMore();
    await page.getByText('The first push has arrived').waitFor({ timeout: 60_000 });
    await programs.untilAllIsPushed();
    await page.reload();
    await page.getByRole('figure', { name: 'Push rate (rows/h)' }).locator('canvas').waitFor();
    await takePicture(page, 'admin-customer');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('is given a new token without a gap', async () => {
    await page.getByRole('tab', { name: 'Tokens' }).click();
    await page.getByRole('button', { name: 'Rotate token' }).click();
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    const secondToken = await storeToken();
    expect(secondToken).not.toBe(firstToken);
    const rows = page.getByRole('table', { name: 'Tokens' }).locator('tbody tr');
    await rows.filter({ hasText: 'Ends soon' }).waitFor();
    expect(await rows.count()).toBe(2);
    // The old token is good for the overlap, and the portal changes over in it.
    await programs.importMore();
    await programs.untilAllIsPushed();
    await programs.stopPortal();
    await programs.startPortal(secondToken);
    await programs.importMore();
    await programs.untilAllIsPushed();
    await page.goto(`${programs.adminUrl}/customers/${code}?tab=events&outcome=refused`);
    await page.getByText('No event matches').waitFor();
    await page.goto(`${programs.adminUrl}/customers/${code}?tab=events`);
    await page.getByRole('table', { name: 'Ingest events' }).locator('tbody tr').first().waitFor();
  });

  it('is disabled, which its portal says and survives', async () => {
    const portal = await openPage(browser);
    await signIn(portal, programs.portalUrl);
    await portal.getByRole('link', { name: 'Settings' }).click();
    await portal.getByRole('link', { name: 'Fleet', exact: true }).click();
    await portal.getByText('Up to date').waitFor();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    await programs.importMore();
    await portal.getByText('The push is held').waitFor({ timeout: 60_000 });
    await takePicture(portal, 'portal-fleet-held');
    expect(await accessibilityProblems(portal)).toEqual([]);
    await portal.context().close();
  });

  it('is deleted, when its code is typed', async () => {
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete ${code}?` });
    await dialog.getByRole('textbox').fill(code);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { name: 'Customers' }).waitFor({ timeout: 60_000 });
    await page.getByText('No customers yet').waitFor();
    expect(new URL(page.url()).pathname).toBe('/customers');
  });

  it('is remembered by the audit log', async () => {
    await page.getByRole('link', { name: 'Audit' }).click();
    const log = page.getByRole('table', { name: 'Audit log' });
    for (const action of ['registered', 'disabled', 'deleted'])
      await log
        .getByRole('cell', { name: `Customer ${action}`, exact: true })
        .first()
        .waitFor();
    await log.getByRole('cell', { name: 'Token rotated', exact: true }).first().waitFor();
    expect(await log.textContent()).not.toContain(firstToken);
  });

  async function signIn(onPage: Page, url: string): Promise<void> {
    await onPage.goto(url);
    await onPage.getByLabel('E-mail').fill(programs.email);
    await onPage.getByLabel('Password', { exact: true }).fill(programs.password);
    await onPage.getByRole('button', { name: 'Sign in' }).click();
    await onPage.getByRole('navigation', { name: 'Main' }).waitFor();
  }
});
