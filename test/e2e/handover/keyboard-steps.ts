import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { serial, type MeteredMonth } from './metered-month.js';
import type { Credentials } from './account-steps.js';

/** More stops than this no page has before what one wants. */
const mostStops = 80;

/** Goes on with the Tab key until it is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = target.and(page.locator(':focus'));
  for (let stops = 0; stops < mostStops; stops++) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not lead to ${String(target)}`);
}

export async function signInByKeyboard(page: Page, { email, password }: Credentials): Promise<void> {
  await tabTo(page, page.getByLabel('E-mail', { exact: true }));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
}

/** By the links of the frame and of the settings, too. @returns the temporary password */
export async function addViewerByKeyboard(page: Page, email: string): Promise<string> {
  await tabTo(page, page.getByRole('link', { name: 'Settings', exact: true }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Users', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Add user' }));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Add user' }).waitFor();
  await tabTo(page, page.getByRole('textbox', { name: 'E-mail' }));
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  const shown = page.getByRole('dialog', { name: 'Pass on the temporary password' });
  const password = await shown.getByRole('textbox', { name: 'Temporary password' }).inputValue();
  await tabTo(page, shown.getByRole('checkbox', { name: 'I have stored it' }));
  await page.keyboard.press('Space');
  await tabTo(page, shown.getByRole('button', { name: 'Close' }));
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: new RegExp(`^${email} Viewer`) }).waitFor();
  return password;
}

/** The file of before once more: it is recognised, and taken back. */
export async function uploadAgainByKeyboard(page: Page, file: MeteredMonth): Promise<void> {
  await tabTo(page, page.getByRole('link', { name: 'Imports', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Imports' }).waitFor();
  // Listened for early: a key is faster than the browser hears that its dialog is ours.
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, page.getByRole('button', { name: 'Choose files' }));
  await page.keyboard.press('Enter');
  const name = 'again.tsv';
  await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(file.text) });
  const card = page.getByRole('article', { name });
  await card.getByText('Imported before').waitFor();
  expect(await card.textContent()).toContain(`of device ${serial}`);
  await tabTo(page, card.getByRole('button', { name: `Details of ${name}` }));
  await page.keyboard.press('Enter');
  await card.getByRole('table', { name: 'Channel statistics' }).waitFor();
  await tabTo(page, card.getByRole('button', { name: `Cancel ${name}` }));
  await page.keyboard.press('Enter');
  await card.waitFor({ state: 'detached' });
}
