import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CurrentSession, TariffDetail } from '#libs/contracts';
import { chromiumPath, launchBrowser, openPage } from './browser.js';
import { firstOf, servePages, sessionApi } from './pages/page-server.js';
import { exampleTariffs, oldSite, tariffsApi } from './pages/tariffs-api.js';

describe.skipIf(chromiumPath === undefined)('the pages of tariffs in Chromium (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  function openPortal(
    page: Page,
    tariffs: TariffDetail[],
    role: CurrentSession['account']['role'] = 'editor',
  ): Promise<string> {
    return servePages(page, 'portal', firstOf(sessionApi('Wattfleet', role), tariffsApi(tariffs)));
  }

  const versionPath = ({ id, versions }: TariffDetail) => `/tariffs/${id}/versions/${versions[0]?.id ?? ''}`;

  it('bill the site of the address, even if it is archived, and else one that is not', async () => {
    const page = await openPage(browser);
    const origin = await openPortal(page, exampleTariffs());
    const site = page.getByLabel('Site', { exact: true }).first();
    await page.goto(`${origin}/bills?site=${oldSite.id}&month=2026-06`);
    await page.getByRole('table').first().waitFor();
    expect(await site.inputValue()).toBe('Ancient plant');
    await page.goto(`${origin}/bills?month=2026-06`);
    await page.getByRole('table').first().waitFor();
    expect(await site.inputValue()).toBe('North plant');
    await site.click();
    await page.getByRole('option', { name: 'North plant' }).waitFor();
    expect(await page.getByRole('option', { name: 'Ancient plant' }).count()).toBe(0);
    await page.context().close();
  });

  it('paint hours with the keyboard, say where they leave gaps, and save', async () => {
    const page = await openPage(browser);
    const tariffs = exampleTariffs();
    const [french] = tariffs as [TariffDetail];
    const origin = await openPortal(page, tariffs);
    await page.goto(`${origin}${versionPath(french)}`);
    await page.getByRole('radio', { name: 'Heures creuses' }).check();
    const hours = page.getByRole('table', { name: /Hours of/ });
    await hours.getByRole('button').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await hours.getByRole('button', { name: 'Every day, 23:00–24:00: Heures creuses' }).waitFor();
    await page.getByText('Times to the minute').click();
    const to = page.getByRole('textbox', { name: 'To', exact: true });
    await to.nth(1).fill('07:15');
    await page.getByText('Every day: no period from 07:15 to 07:30').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('components.0.grid.0.spans').waitFor();
    await to.nth(1).fill('07:30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(`${origin}/tariffs/${french.id}`);
    const component = tariffs[0]?.versions[0]?.document.components[0];
    expect(component?.kind === 'time-of-use' && component.grid[0]?.spans.at(-1)).toEqual({
      from: '23:00',
      to: '24:00',
      period: 'hc',
    });
    await page.context().close();
  });

  it('add a season with its hours, and price a sample day before anything is saved', async () => {
    const page = await openPage(browser);
    const tariffs = exampleTariffs();
    const origin = await openPortal(page, tariffs);
    await page.goto(`${origin}${versionPath(tariffs[0] as TariffDetail)}`);
    await page.getByRole('button', { name: 'Add season' }).click();
    await page.getByRole('table', { name: /Hours of Consommation, Season 2/ }).waitFor();
    await page.getByRole('button', { name: 'Price the day' }).click();
    await page.getByText('overlaps season year on 01-01').first().waitFor();
    await page.getByRole('button', { name: 'Remove Season 2' }).click();
    await page.getByRole('textbox', { name: 'kWh that day' }).fill('24');
    await page.getByRole('button', { name: 'Price the day' }).click();
    const costs = page.getByText(/The day costs €\d/);
    await costs.waitFor();
    // 15.86 / 31 a day, and 24 kWh at no more than the dearer price.
    const [, euros] = /€(\d+\.\d+)/u.exec((await costs.textContent()) ?? '') ?? [];
    expect(Number(euros)).toBeGreaterThan(0.51 + 24 * 0.1589);
    expect(Number(euros)).toBeLessThan(0.52 + 24 * 0.2142);
    await page.context().close();
  });

  it('say at the field what the server refuses', async () => {
    const page = await openPage(browser);
    const tariffs = exampleTariffs();
    const origin = await openPortal(page, tariffs);
    await page.goto(`${origin}${versionPath(tariffs[0] as TariffDetail)}`);
    await page.getByLabel('First day').fill('2019-05-01');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('overlaps the version that is valid from 2019-01-01').first().waitFor();
    expect(await page.getByLabel('First day').getAttribute('aria-invalid')).toBe('true');
    await page.context().close();
  });

  it('show a bill line by line, its files, and what was not measured', async () => {
    const page = await openPage(browser);
    const tariffs = exampleTariffs();
    const origin = await openPortal(page, tariffs, 'viewer');
    await page.goto(`${origin}/bills?month=2026-06`);
    await page.getByRole('table', { name: 'Lines of the bill' }).getByText('Heures pleines').waitFor();
    await page.getByText('Not measured in 1 stretch').waitFor();
    const pdf = page.getByRole('link', { name: 'PDF' });
    expect(await pdf.getAttribute('href')).toMatch(
      /\/bill\.pdf\?from=2026-06-01&to=2026-07-01&language=en$/u,
    );
    await page.getByLabel('Month').fill('2026-05');
    await page.waitForURL((url) => url.searchParams.get('month') === '2026-05');
    const button = page.getByRole('button', { name: 'Tariff of the site' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.context().close();
  });
});
