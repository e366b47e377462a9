import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { zipTexts } from '../../integration/tariffs/zip-text.js';
import { billOf, site, tariff, type FileFigures } from './metered-month.js';

const money = (amount: number) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: tariff.currency }).format(amount);

const kilowattHours = (kwh: number) =>
  `${kwh.toLocaleString('en-GB', { maximumFractionDigits: 3 })}\u202FkWh`;

/** From the page of the site to its costs, where there is none before a tariff is chosen. */
export async function chooseTariff(page: Page, onScreen: () => Promise<void>): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Costs' }).click();
  await page.getByText('Choose the tariff by which the site is billed').waitFor();
  await onScreen();
  await page.getByRole('button', { name: 'Tariff of the site' }).last().click();
  const dialog = page.getByRole('dialog', { name: `Tariff of ${site.name}` });
  await dialog.getByRole('combobox', { name: 'Tariff' }).click();
  await page.getByRole('option', { name: tariff.name }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('table', { name: 'Lines of the bill' }).waitFor();
}

/** The page says of the last complete month what the lines of the file say. */
export async function expectBill(page: Page, month: string, figures: FileFigures): Promise<void> {
  expect(await page.getByLabel('Month').inputValue()).toBe(month);
  const bill = page.getByRole('region', { name: `${tariff.municipality}: ${tariff.name}` });
  expect(await statistic(page, 'Total')).toBe(money(billOf(figures).total));
  expect(await statistic(page, 'Energy')).toBe(kilowattHours(figures.totalKwh));
  expect(await statistic(page, 'Measured')).toBe('100%');
  const quantityOf = (item: string) =>
    bill
      .getByRole('row', { name: new RegExp(`^${item}`) })
      .getByRole('cell')
      .nth(1)
      .textContent();
  expect(await quantityOf('Energy Peak')).toBe(kilowattHours(figures.peakKwh));
  expect(await quantityOf('Energy Off-peak')).toBe(kilowattHours(figures.offPeakKwh));
  await bill.getByRole('row', { name: /^VAT.*15%/ }).waitFor();
}

async function statistic(page: Page, name: string): Promise<string | null> {
  const label = page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
  return page.locator('div', { has: label }).last().getByRole('definition').textContent();
}

/** The files hold what the page shows: that they can be opened, and the total. */
export async function expectDownloads(page: Page, figures: FileFigures): Promise<void> {
  const pdf = await download(page, 'PDF');
  expect(pdf.name).toMatch(/^bill-pretoria-works-\d{4}-\d{2}-01\.pdf$/);
  expect(pdf.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(pdf.bytes.subarray(-8).toString('latin1')).toContain('%%EOF');
  const workbook = await download(page, 'Workbook');
  expect(workbook.name).toMatch(/^bill-pretoria-works-\d{4}-\d{2}-01\.xlsx$/);
  const texts = [...zipTexts(workbook.bytes).values()].join('\n');
  expect(texts).toContain(site.name);
  const numbers = [...texts.matchAll(/<v>(-?[\d.]+(?:E-?\d+)?)<\/v>/gu)].map(([, number]) => Number(number));
  const { total } = billOf(figures);
  expect(numbers.some((number) => number === Math.round(total * 100) / 100)).toBe(true);
}

async function download(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const begun = page.waitForEvent('download');
  await page.getByRole('navigation', { name: 'Downloads' }).getByRole('link', { name }).click();
  const file = await begun;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}
