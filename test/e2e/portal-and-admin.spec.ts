import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../scripts/demo/summary.js';
import { DemoProgram, freePorts, runOnce } from '../programs/demo-program.js';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';

const folder = mkdtempSync(path.join(tmpdir(), 'wattfleet-e2e-'));

describe.skipIf(chromiumPath === undefined)('portal and Admin in Chromium (needs chromium)', () => {
  let browser: Browser;
  let demo: DemoProgram;
  let summary: Summary;

  beforeAll(async () => {
    const ports = await freePorts();
    summary = await runOnce(folder, ports);
    demo = new DemoProgram(folder, ports, []);
    while (!demo.stdout.includes('Ctrl-C')) {
      if (demo.stderr.includes('error')) throw new Error(demo.stderr);
      await delay(50);
    }
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    demo.interrupt();
    const exitCode = await demo.exit();
    if (exitCode !== 0) throw new Error(`Ctrl-C ended the demo with ${exitCode}`);
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn(page: Page, app: 'portal' | 'admin'): Promise<void> {
    const { url, email, password } = summary.signIns[app];
    await page.goto(url);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it.each([
    { dark: false, width: 1_280, suffix: '' },
    { dark: true, width: 1_280, suffix: '-dark' },
    { dark: false, width: 390, suffix: '-narrow' },
  ])('shows the portal’s pages (dark: $dark, width: $width)', async ({ dark, width, suffix }) => {
    const page = await openPage(browser, { dark, width });
    await page.goto(summary.signIns.portal.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await takePicture(page, `portal-sign-in${suffix}`);
    await signIn(page, 'portal');
    await page.getByRole('link', { name: 'north-plant' }).waitFor();
    await takePicture(page, `portal-sites${suffix}`);
    await page.getByRole('link', { name: 'north-plant' }).click();
    await page.getByRole('figure', { name: 'Power (W)' }).locator('canvas').waitFor();
    await page.getByRole('region', { name: 'Device 02003107' }).waitFor();
    await takePicture(page, `portal-site${suffix}`);
    await page.goto(`${summary.signIns.portal.url}/imports`);
    const rows = page.getByRole('table', { name: 'Imported files' }).getByRole('row');
    await rows.nth(1).waitFor();
    expect(await rows.count()).toBe(summary.imported.files + 1);
    await takePicture(page, `portal-imports${suffix}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.context().close();
  });

  it.each([
    { dark: false, width: 1_280, suffix: '' },
    { dark: true, width: 1_280, suffix: '-dark' },
    { dark: false, width: 390, suffix: '-narrow' },
  ])('shows Admin’s pages (dark: $dark, width: $width)', async ({ dark, width, suffix }) => {
    const page = await openPage(browser, { dark, width });
    await page.goto(summary.signIns.admin.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await takePicture(page, `admin-sign-in${suffix}`);
    await signIn(page, 'admin');
    await page.getByRole('navigation', { name: 'Customers by push health' }).waitFor();
    await takePicture(page, `admin-fleet${suffix}`);
    await page.goto(`${summary.signIns.admin.url}/customers`);
    await page.getByRole('link', { name: 'ABC0001' }).waitFor();
    await takePicture(page, `admin-customers${suffix}`);
    await page.getByRole('link', { name: 'ABC0001' }).click();
    const facts = page.getByRole('region', { name: 'Facts' });
    await facts.waitFor();
    expect(await facts.textContent()).toContain(summary.fleet.measurements.toLocaleString('en'));
    await takePicture(page, `admin-customer${suffix}`);
    await page.getByRole('tab', { name: 'Ingest events' }).click();
    await page.getByRole('table', { name: 'Ingest events' }).waitFor();
    await takePicture(page, `admin-customer-events${suffix}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.context().close();
  });

  it('refuses a wrong password and says nothing about the account', async () => {
    const page = await openPage(browser);
    await page.goto(summary.signIns.portal.url);
    await page.getByLabel('E-mail').fill('nobody@example.com');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('The e-mail or the password is wrong');
    await page.context().close();
  });

  it('opens a file’s report and follows the session to its end', async () => {
    const page = await openPage(browser);
    await signIn(page, 'portal');
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('table', { name: 'Imported files' }).getByRole('link').first().click();
    await page.getByRole('dialog', { name: 'Import report' }).waitFor();
    await page.getByRole('button', { name: 'Close the report' }).click();
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto(`${summary.signIns.portal.url}/imports`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).search).toBe('?return=%2Fimports');
    await page.context().close();
  });
});
