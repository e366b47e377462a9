import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Credentials {
  email: string;
  password: string;
}

/** From the sign-in page on. */
export async function signIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
}

/** By the links of the page, as somebody goes there who does not know its address. */
export async function openSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** @returns the temporary password, which is on screen once */
export async function addUser(page: Page, email: string, role: 'Admin' | 'Viewer'): Promise<string> {
  await openSettings(page, 'Users');
  await page.getByRole('button', { name: 'Add user' }).click();
  const form = page.getByRole('dialog', { name: 'Add user' });
  await form.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await form.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: new RegExp(`^${role} `) }).click();
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  const shown = page.getByRole('dialog', { name: 'Pass on the temporary password' });
  const password = await shown.getByRole('textbox', { name: 'Temporary password' }).inputValue();
  expect(password).not.toBe('');
  await shown.getByRole('checkbox', { name: 'I have stored it' }).check();
  await shown.getByRole('button', { name: 'Close' }).click();
  await shown.waitFor({ state: 'hidden' });
  await page.getByRole('row', { name: new RegExp(`^${email}.*Temporary password`) }).waitFor();
  expect(await page.content()).not.toContain(password);
  return password;
}

/** At the first sign-in: nothing else is on the page until it is done. */
export async function chooseOwnPassword(page: Page, temporary: string, password: string): Promise<void> {
  await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  await page.getByLabel('Temporary password').fill(temporary);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sites' }).waitFor();
}
