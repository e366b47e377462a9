import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { serial, site, type FileFigures, type MeteredMonth } from './metered-month.js';

/** Creates the site and its meter; the page of the site is then open. */
export async function addSite(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  await page.getByRole('button', { name: 'New site' }).click();
  const dialog = page.getByRole('dialog', { name: 'New site' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(site.name);
  expect(await dialog.getByRole('textbox', { name: 'Short name' }).inputValue()).toBe(site.slug);
  await dialog.getByRole('combobox', { name: 'Time zone' }).fill('johann');
  await page.getByRole('option', { name: site.timeZone }).click();
  await dialog.getByRole('textbox', { name: 'Address' }).fill(site.address);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { level: 1, name: site.name }).waitFor();
  await page.getByText(site.address).waitFor();
  await page.getByText('No measurements yet').waitFor();
}

export async function addDevice(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add device' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add device' });
  await dialog.getByRole('textbox', { name: 'Serial number' }).fill(serial);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Main incomer');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('region', { name: `Device ${serial}` }).waitFor();
}

/** From the empty site by the link to the imports: the meter is known, so nobody has to say which site it is. */
export async function uploadFile(
  page: Page,
  file: MeteredMonth,
  onScreen: () => Promise<void>,
): Promise<void> {
  await page.getByRole('region', { name: 'Power' }).getByRole('link', { name: 'Imports' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (
    await chooser
  ).setFiles({ name: file.fileName, mimeType: 'text/tab-separated-values', buffer: Buffer.from(file.text) });
  const card = page.getByRole('article', { name: file.fileName });
  const [rows, points] = [file.rows, 6 * file.rows].map((count) => count.toLocaleString('en'));
  await card.getByText(`${rows} rows of device ${serial}, ${points} points`).waitFor();
  expect(await card.getByRole('combobox', { name: /^Site of/ }).inputValue()).toBe(site.slug);
  await onScreen();
  await card.getByRole('button', { name: `Import ${file.fileName}` }).click();
  await card.waitFor({ state: 'detached' });
  const row = page.getByRole('table', { name: 'Imported files' }).getByRole('row', { name: file.fileName });
  await row.getByRole('link', { name: site.name }).click();
  await page.getByRole('heading', { level: 1, name: site.name }).waitFor();
}

/** The newest day is shown first; the month on demand. All that stands beside the curve is what the file says. */
export async function expectCurve(
  page: Page,
  figures: FileFigures,
  keep: (name: string) => Promise<void>,
): Promise<void> {
  const curve = page.getByRole('figure', { name: 'Total power (W)' });
  await curve.locator('canvas').waitFor();
  await curve.getByText(`Times in ${site.timeZone}`).waitFor();
  const facts = page.getByRole('region', { name: 'Key figures' });
  await facts.getByText(kilowattHours(figures.lastDayKwh)).waitFor();
  await keep('13-curve');
  await page.getByText('Month', { exact: true }).click();
  await facts.getByText(kilowattHours(figures.totalKwh)).waitFor();
  await facts.getByText(/^100(\.0)?\s%$/).waitFor();
  await page.getByRole('region', { name: 'Energy per day' }).getByText('Show the figures').click();
  const days = page.getByRole('table', { name: 'Energy per day' }).getByRole('row');
  await days.nth(1).getByText(kilowattHours(figures.lastDayKwh)).waitFor();
  expect(await days.count()).toBe(1 + figures.days);
  await keep('14-curve-month');
}

const kilowattHours = (kwh: number) =>
  `${kwh.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}\u202FkWh`;
