import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { openSettings } from './account-steps.js';

const brand = { name: 'Acme Power Monitoring', primary: '#9d174d', secondary: '#1e293b' };

const rgb = { primary: 'rgb(157, 23, 77)', secondary: 'rgb(30, 41, 59)' };

const backgroundOf = (selector: string) =>
  `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`;

export async function dressPortal(page: Page): Promise<void> {
  await openSettings(page, 'Branding');
  await page.getByRole('textbox', { name: 'Application name' }).fill(brand.name);
  await page.getByRole('textbox', { name: 'Primary colour' }).fill(brand.primary);
  await page.getByRole('textbox', { name: 'Secondary colour' }).fill(brand.secondary);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  const input = page.getByLabel('Choose a logo, or drop it here');
  await input.setInputFiles({ name: 'acme.png', mimeType: 'image/png', buffer: await drawnLogo() });
  await page.getByRole('banner').locator('img').waitFor();
  expect(await page.evaluate(backgroundOf('header'))).toBe(rgb.secondary);
}

/** Of the sign-in page, before anybody has signed in. */
export async function expectDressed(page: Page): Promise<void> {
  await page.getByRole('heading', { name: brand.name }).waitFor();
  expect(await page.title()).toBe(`Sign in · ${brand.name}`);
  expect(await page.evaluate(backgroundOf('button[type=submit]'))).toBe(rgb.primary);
  // That it is drawn, not only named: a picture that did not load has no width.
  const widths = await page.evaluate<number[]>(`Promise.all(
    [...document.querySelectorAll('main img')].map((image) => image.decode().then(() => image.naturalWidth)),
  )`);
  expect(widths).toHaveLength(1);
  expect(widths[0]).toBeGreaterThan(0);
}

function drawnLogo(): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="120">
    <rect width="120" height="120" rx="24" fill="#9d174d"/><path d="M66 16 30 68h24l-8 36 40-56H60z" fill="#fff"/>
    <rect x="140" y="36" width="200" height="20" rx="6" fill="#9d174d"/>
    <rect x="140" y="70" width="140" height="14" rx="6" fill="#64748b"/></svg>`;
  return sharp(Buffer.from(drawing)).png().toBuffer();
}
