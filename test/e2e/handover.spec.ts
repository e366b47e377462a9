import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../../scripts/demo/app-process.js';
import { freePorts } from '../programs/demo-program.js';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { addUser, chooseOwnPassword, openSettings, signIn, signOut } from './handover/account-steps.js';
import { dressPortal, expectDressed } from './handover/branding-steps.js';
import { chooseTariff, expectBill, expectDownloads } from './handover/bill-steps.js';
import { addDevice, addSite, expectCurve, uploadFile } from './handover/site-steps.js';
import { addViewerByKeyboard, signInByKeyboard, uploadAgainByKeyboard } from './handover/keyboard-steps.js';
import { problemsOf } from './handover/second-look.js';
import { expectOnlyToLook, expectRefused } from './handover/viewer-steps.js';
import { figuresOf, meteredMonth, site, tariff } from './handover/metered-month.js';
import { defaultAdmin, firstName, startPortalProgram } from './handover/portal-program.js';
import { addTariff, addVersion } from './handover/tariff-steps.js';

const realAdmin = { email: 'energy.manager@acme.example', password: 'four-words-nobody-guesses' };
const viewer = { email: 'reader@acme.example', password: '' };
const month = meteredMonth();
const figures = figuresOf(month);

describe.skipIf(chromiumPath === undefined)('the handover of a portal in Chromium (needs chromium)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wattfleet-handover-'));
  let portal: AppProcess;
  let browser: Browser;
  let page: Page;
  let origin: string;

  beforeAll(async () => {
    const { PORTAL_PORT } = await freePorts();
    origin = `http://127.0.0.1:${PORTAL_PORT}`;
    portal = await startPortalProgram(folder, PORTAL_PORT);
    browser = await launchBrowser();
    page = await openPage(browser);
    page.setDefaultTimeout(15_000);
  });

  afterAll(async () => {
    await browser.close();
    await portal.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const keep = (name: string) => takePicture(page, `handover-${name}`, true);

  it('begins with the default admin, who adds the real one', async () => {
    await page.goto(origin);
    await page.getByRole('heading', { name: firstName }).waitFor();
    await keep('01-sign-in');
    await signIn(page, defaultAdmin);
    await page.getByText('No sites yet').waitFor();
    await keep('02-first-page');
    const temporary = await addUser(page, realAdmin.email, 'Admin');
    await keep('03-users');
    await signOut(page);
    await signIn(page, { email: realAdmin.email, password: temporary });
    await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
    await keep('04-own-password');
    await chooseOwnPassword(page, temporary, realAdmin.password);
    expect(new URL(page.url()).pathname).toBe('/sites');
  });

  it('leaves no default admin behind', async () => {
    await openSettings(page, 'Users');
    await page.getByRole('button', { name: `Delete ${defaultAdmin.email}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('rowheader', { name: defaultAdmin.email }).waitFor({ state: 'detached' });
    await keep('05-users-after');
    expect(await page.content()).not.toContain(defaultAdmin.email);
    await signOut(page);
    await signIn(page, defaultAdmin);
    await page.getByRole('alert').getByText('The e-mail or the password is wrong').waitFor();
    await signIn(page, realAdmin);
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
  });

  it('dresses the portal, also for who has not signed in', async () => {
    await dressPortal(page);
    await keep('06-branding');
    await signOut(page);
    await expectDressed(page);
    await keep('07-sign-in-dressed');
    await signIn(page, realAdmin);
    await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
  });

  it('adds what the municipality charges', async () => {
    await addTariff(page);
    await keep('08-tariff');
    await addVersion(page, month.firstDay, () => keep('09-version'));
    await keep('10-tariff-with-version');
    expect(await page.getByRole('table', { name: 'Versions' }).getByRole('row').count()).toBe(2);
  });

  it('adds site and meter, uploads a file and shows its curve', async () => {
    await addSite(page);
    await keep('11-empty-site');
    await addDevice(page);
    await uploadFile(page, month, () => keep('12-preview'));
    await expectCurve(page, figures, keep);
  });

  it('bills the month by what the file says', async () => {
    await chooseTariff(page, () => keep('15-no-tariff'));
    await expectBill(page, month.month, figures);
    await keep('16-bill');
    await expectDownloads(page, figures);
    await signOut(page);
  });

  it('can be done with the keyboard alone', async () => {
    await signInByKeyboard(page, realAdmin);
    await uploadAgainByKeyboard(page, month);
    await keep('17-imports');
    viewer.password = await addViewerByKeyboard(page, viewer.email);
    expect(viewer.password).not.toBe('');
    await signOut(page);
  });

  it('lets a viewer see the curve and change nothing', async () => {
    await signIn(page, viewer);
    await chooseOwnPassword(page, viewer.password, 'a-viewer-of-long-words');
    await page.getByRole('link', { name: site.name }).click();
    await page.getByRole('figure', { name: 'Total power (W)' }).locator('canvas').waitFor();
    await keep('18-viewer');
    const path = new URL(page.url()).pathname;
    await expectOnlyToLook(page, path, ['Edit', 'Archive', 'Delete', 'Add device']);
    await expectOnlyToLook(page, '/sites', ['New site']);
    await expectOnlyToLook(page, '/tariffs', [
      'Add municipality or supplier',
      `Rename ${tariff.municipality}`,
    ]);
    await expectOnlyToLook(page, '/bills', ['Tariff of the site']);
    await expectOnlyToLook(page, '/imports', ['Import now']);
    expect(await page.getByRole('button', { name: 'Choose files' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    expect(await page.getByRole('link', { name: 'Users', exact: true }).count()).toBe(0);
    await expectRefused(page, path.replace('/sites/', ''));
    await signOut(page);
  });

  it.each([
    { dark: false, width: 1_280, suffix: 'light' },
    { dark: true, width: 1_280, suffix: 'dark' },
    { dark: false, width: 390, suffix: 'narrow' },
    { dark: true, width: 390, suffix: 'narrow-dark' },
  ])('looks right with what was made ($suffix)', async (look) => {
    const other = await openPage(browser, look);
    other.setDefaultTimeout(15_000);
    await other.goto(origin);
    expect(await problemsOf(other, look.suffix, realAdmin)).toEqual({});
    await other.context().close();
  });
});
