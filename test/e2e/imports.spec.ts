import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, openPage, takePicture } from './browser.js';
import { accessibilityProblems } from './pages/accessibility.js';
import { importsApi } from './pages/imports-api.js';
import { FakeProblem, firstOf, servePages, sessionApi, type FakeApi } from './pages/page-server.js';

describe.skipIf(chromiumPath === undefined)('the imports of the portal in Chromium (needs chromium)', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  async function open(
    path: string,
    api: FakeApi = importsApi(),
    role: 'admin' | 'editor' | 'viewer' = 'editor',
    look: { dark?: boolean; width?: number } = {},
  ): Promise<Page> {
    const page = await openPage(browser, look);
    const origin = await servePages(page, 'portal', firstOf(sessionApi('Acme', role), api));
    await page.goto(`${origin}${path}`);
    await page.getByRole('heading', { level: 1, name: 'Imports' }).waitFor();
    return page;
  }

  it('take files that are chosen, show what an import would do, and import on demand', async () => {
    const page = await open('/imports');
    await page.getByRole('combobox', { name: 'Site of these files' }).fill('south');
    await page.locator('input[type=file]').setInputFiles([
      { name: 'one.tsv', mimeType: 'text/plain', buffer: Buffer.from('1') },
      { name: 'two.tsv', mimeType: 'text/plain', buffer: Buffer.from('2') },
    ]);
    const one = page.getByRole('article', { name: 'one.tsv' });
    await one.getByText('1,440 rows of device 02001084, 2,878 points').waitFor();
    expect(await one.getByRole('combobox').inputValue()).toBe('south');
    await one.getByRole('button', { name: 'Details of one.tsv' }).click();
    await one
      .getByRole('table', { name: 'Problems by line' })
      .getByText('"n/a" is not a decimal number')
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import 3 files' }).click();
    await one.waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(1);
    await page.context().close();
  });

  it('take files that are dropped', async () => {
    const page = await open('/imports', importsApi({ empty: true }));
    await page.getByText('No files imported yet').waitFor();
    await page.evaluate(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['1'], 'dropped.tsv'));
      const target = document.querySelector('[data-over]');
      for (const type of ['dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    })()`);
    await page.getByRole('article', { name: 'dropped.tsv' }).waitFor();
    expect(await page.getByRole('button', { name: 'Import 1 file' }).count()).toBe(1);
    await page.context().close();
  });

  it('say which file was not taken, and why', async () => {
    const full: FakeApi = ({ method, path }) => {
      if (method !== 'POST' || path !== '/api/imports/uploads') return undefined;
      throw new FakeProblem({
        status: 409,
        code: 'UPLOADS_WAITING',
        title: 'Too many uploads wait to be imported',
      });
    };
    const page = await open('/imports', firstOf(full, importsApi({ empty: true })));
    await page.getByText('At most 1.0').waitFor();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'refused.tsv', mimeType: 'text/plain', buffer: Buffer.from('1') },
      { name: 'large.tsv', mimeType: 'text/plain', buffer: Buffer.alloc(1_000_001) },
    ]);
    const list = page.getByRole('list', { name: 'Files on their way' });
    await list.getByText('Too many uploads wait to be imported').waitFor();
    await list.getByText('The file is larger than the portal takes').waitFor();
    await page.getByRole('button', { name: 'Cancel large.tsv' }).click();
    await page.getByRole('button', { name: 'Cancel refused.tsv' }).click();
    await list.waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(0);
    await page.context().close();
  });

  it('map the columns of a table with a live preview, with the keyboard alone', async () => {
    const page = await open('/imports');
    await page.getByRole('button', { name: 'Map columns of hall logger.csv' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Columns of hall logger.csv' });
    await dialog.getByRole('table', { name: 'As it is read' }).getByText('1.5').first().waitFor();
    await dialog.getByRole('textbox', { name: 'Device' }).fill('LOGGER-7');
    await dialog.getByRole('textbox', { name: 'Unit of channel 1' }).fill('W');
    await dialog.getByRole('textbox', { name: 'Factor of channel 1' }).fill('1000');
    await dialog.getByRole('table', { name: 'As it is read' }).getByText('1500').first().waitFor();
    await dialog.getByRole('columnheader', { name: 'Ch1 (W)' }).waitFor();
    await takePicture(page, 'imports-mapping', true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Name of the mapping' }).fill('Hall');
    await dialog.getByRole('textbox', { name: 'Collected files that are read by it' }).fill('hall/*/*.csv');
    await takePicture(page, 'imports-mapping-collected');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Read by the mapping “Hall”').waitFor();
    await page.context().close();
  });

  it('keep the filters of the history in the address, and open a report over them', async () => {
    const page = await open('/imports');
    const rows = page.getByRole('table', { name: 'Imported files' }).locator('tbody tr');
    await rows.nth(8).waitFor();
    await page.getByRole('searchbox', { name: 'Search file names' }).fill('T302');
    await page.waitForURL((url) => url.searchParams.get('q') === 'T302');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Refused' }).click();
    await page.waitForURL((url) => url.searchParams.get('status') === 'rejected');
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /T302_260704/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Import report' });
    await drawer.getByRole('link', { name: 'Download the original' }).waitFor();
    await drawer.getByRole('button', { name: 'Try again' }).click();
    await page
      .getByRole('dialog', { name: 'Try the file again?' })
      .getByRole('button', { name: 'Try again' })
      .click();
    await page.getByRole('dialog', { name: 'Try the file again?' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).search).toBe('?q=T302&status=rejected');
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('T302');
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page
      .getByRole('table', { name: 'Import runs' })
      .getByText('Upload, ops@wattfleet.example')
      .waitFor();
    await page.getByRole('tab', { name: 'Mappings' }).click();
    await page
      .getByRole('table', { name: 'Saved mappings' })
      .getByText('LOGGER-7', { exact: true })
      .waitFor();
    await page.context().close();
  });

  it('offer the rejected rows of an imported file, and a viewer nothing that would be refused', async () => {
    const page = await open('/imports', importsApi(), 'viewer');
    await page.getByText('Your role may look, not import.').waitFor();
    expect(await page.locator('input[type=file]').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Import now' }).getAttribute('aria-disabled')).toBe('true');
    expect(await page.getByRole('button', { name: /^(Import \d|Import T302|Map|Cancel)/ }).count()).toBe(0);
    await page.getByRole('link', { name: /T302_260701/ }).click();
    const rejects = page.getByRole('link', { name: 'Download rejected rows' });
    expect(await rejects.getAttribute('href')).toMatch(/^\/api\/imports\/files\/[\w-]+\/rejects\.csv$/);
    await page.context().close();
  });

  it.each([
    { dark: false, width: 1_280 },
    { dark: true, width: 390 },
  ])('look right (dark: $dark, width: $width)', async (look) => {
    const page = await open(
      '/imports?file=018f0000-0000-7000-8000-000000000721',
      importsApi(),
      'editor',
      look,
    );
    await takePicture(page, `imports-report-${String(look.width)}`, true);
    await page.goto(new URL('/imports', page.url()).href);
    await page.getByRole('article').nth(1).waitFor();
    await takePicture(page, `imports-${String(look.width)}`, true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Map columns of hall logger.csv' }).click();
    await page.getByRole('table', { name: 'As it is read' }).waitFor();
    await takePicture(page, `imports-mapping-${String(look.width)}`, true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });
});
