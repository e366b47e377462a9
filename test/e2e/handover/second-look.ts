import type { Page } from 'playwright-core';
import { takePicture } from '../browser.js';
import { accessibilityProblems } from '../pages/accessibility.js';
import { layoutShift } from '../pages/layout-shift.js';
import { signIn, type Credentials } from './account-steps.js';
import { site, tariff } from './metered-month.js';

/** People notice 0.1 (web.dev/cls). */
const mostShift = 0.1;

/** What is wrong with the pages of the walk by what axe and our own look find, by name; the sign-in page is open. */
export async function problemsOf(
  page: Page,
  suffix: string,
  account: Credentials,
): Promise<Record<string, string[]>> {
  const problems: Record<string, string[]> = {};
  const look = async (name: string) => {
    const shift = await layoutShift(page);
    await takePicture(page, `handover-look-${name}-${suffix}`, true);
    const found = await accessibilityProblems(page);
    if (shift >= mostShift) found.push(`what was on screen moved: ${shift.toFixed(3)}`);
    if (found.length > 0) problems[name] = found;
  };
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await look('sign-in');
  await signIn(page, account);
  const toSite = page.getByRole('link', { name: site.name });
  await toSite.waitFor();
  const sitePath = await toSite.getAttribute('href');
  await page.goto(new URL('/tariffs', page.url()).href);
  const tariffPath = await page.getByRole('link', { name: tariff.name }).getAttribute('href');
  const paths = {
    sites: '/sites',
    site: `${sitePath}?range=month`,
    imports: '/imports',
    bills: '/bills',
    tariffs: '/tariffs',
    tariff: tariffPath ?? '',
    users: '/settings/users',
    branding: '/settings/branding',
    audit: '/settings/audit',
  };
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(new URL(path, page.url()).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await look(name);
  }
  return problems;
}
