import type { Locator, Page } from 'playwright-core';
import { tariff } from './metered-month.js';

/** Municipality, then its tariff; the page of the tariff is then open. */
export async function addTariff(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Tariffs', exact: true }).click();
  await page.getByText('No tariffs yet').waitFor();
  await page.getByRole('button', { name: 'Add municipality or supplier' }).first().click();
  await fillName(page, tariff.municipality);
  const panel = page.getByRole('region', { name: tariff.municipality });
  await panel.getByRole('button', { name: `Add tariff to ${tariff.municipality}` }).click();
  await fillName(page, tariff.name);
  await page.getByRole('heading', { level: 1, name: tariff.name }).waitFor();
}

async function fillName(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** The first version in the editor: two periods by the hour, a charge per month, VAT. */
export async function addVersion(page: Page, firstDay: string, onScreen: () => Promise<void>): Promise<void> {
  await page.getByText('No versions yet').waitFor();
  await page.getByRole('button', { name: 'Add version' }).first().click();
  await page.getByLabel('First day').fill(firstDay);
  await page.getByLabel('Currency').fill(tariff.currency);
  await addPeriods(page);
  await paintNight(page);
  await addMonthlyCharge(page);
  await page.getByRole('button', { name: 'Add tax' }).click();
  const taxes = page.getByRole('region', { name: 'Taxes' });
  await taxes.getByRole('textbox', { name: 'Name' }).fill('VAT');
  await taxes.getByRole('textbox', { name: 'Percent' }).fill(String(tariff.vatPercent));
  await onScreen();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('table', { name: 'Versions' }).getByText(tariff.currency).waitFor();
  await page.getByText('No site is billed by it yet').waitFor();
}

async function addPeriods(page: Page): Promise<void> {
  const charges = page.getByRole('region', { name: 'Charges' });
  const fill = async (row: Locator, name: string, perKwh: string) => {
    await row.getByRole('textbox', { name: 'Price per kWh' }).fill(perKwh);
    await row.getByRole('textbox', { name: 'Period' }).fill(name);
  };
  await fill(
    charges.getByRole('group').filter({ hasText: 'Price per kWh' }).last(),
    'Peak',
    tariff.peak.perKwh,
  );
  await charges.getByRole('button', { name: 'Add period' }).click();
  await fill(charges.getByRole('group', { name: 'Period 2' }), 'Off-peak', tariff.offPeak.perKwh);
}

/** With the pointer for the evening, as with a brush, and with the keyboard for the morning. */
async function paintNight(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Off-peak' }).check();
  const hours = page.getByRole('table', { name: /^Hours of Energy/ });
  const hour = (name: string) => hours.getByRole('button', { name: new RegExp(`^Every day, ${name}`) });
  await hour('22:00').hover();
  await page.mouse.down();
  await hour('23:00').hover();
  await page.mouse.up();
  await hour('00:00').focus();
  for (let painted = 0; painted < tariff.peak.from; painted++) {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
  }
  await hour('05:00–06:00: Off-peak').waitFor();
  await hour('06:00–07:00: Peak').waitFor();
  await hour('23:00–24:00: Off-peak').waitFor();
}

async function addMonthlyCharge(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add charge' }).click();
  await page.getByRole('menuitem', { name: 'Fixed charge' }).click();
  const charge = page.getByRole('group', { name: /Fixed charge$/ });
  await charge.getByRole('textbox', { name: 'Amount' }).fill(tariff.perMonth);
  await charge.getByRole('textbox', { name: 'Name' }).fill('Service charge');
}
