import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportFileSummary } from '#libs/contracts';
import { OriginalRetention } from '../../../apps/portal/src/imports/original-retention.js';
import { ImportsService } from '../../../apps/portal/src/imports/imports.service.js';
import { MeterFolder } from '../meter-folder.js';
import {
  detailOf,
  filesOf,
  importUploads,
  startImportPortal,
  upload,
  type ImportPortal,
} from './upload-client.js';

const dayMs = 86_400_000;
let portal: ImportPortal;
let reports: MeterFolder;

beforeAll(async () => {
  reports = await MeterFolder.create();
  portal = await startImportPortal({
    IMPORT_KEEP_ORIGINALS_DAYS: '10',
    IMPORT_KEEP_REFUSED_DAYS: '20',
    IMPORT_KEEP_REPORTS_DAYS: '30',
    IMPORT_REPORT_DIR: reports.path,
  });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.dataSource.query(`TRUNCATE monitoring.import_run, monitoring.site CASCADE`);
  for (const folder of [portal.folder, reports]) {
    await rm(folder.path, { recursive: true });
    await mkdir(folder.path);
  }
});

async function importAll(): Promise<ImportFileSummary[]> {
  const { body } = await portal.client.post<{ runId: string }>('/api/imports/runs');
  return filesOf(portal.client, body.runId);
}

/** So many days from now. */
async function sweep(days: number): Promise<number> {
  // The report of the run is written after its end.
  await vi.waitUntil(() => !portal.app.get(ImportsService).isRunning());
  return portal.app.get(OriginalRetention).sweep(new Date(Date.now() + days * dayMs));
}

async function download(id: string | undefined): Promise<string> {
  const { status, body } = await portal.client.get(`/api/imports/files/${id}/original`);
  return `${status} ${body.code ?? ''}`.trim();
}

describe('originals', () => {
  it('are removed when they are older than kept, and the record says when', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    expect(await sweep(9.9)).toBe(0);
    expect(await download(file?.id)).toBe('200');
    expect(await sweep(10.1)).toBe(1);
    expect(await portal.folder.files()).toEqual([]);
    expect(await download(file?.id)).toBe('410 ORIGINAL_REMOVED');
    const detail = await detailOf(portal.client, file?.id);
    expect(detail).toMatchObject({ hasOriginal: false, report: { points: 120 } });
    expect(Date.parse(detail.originalRemovedAt ?? '')).toBeGreaterThan(Date.now() + 9 * dayMs);
    expect(await sweep(11)).toBe(0);
  });

  it('that were refused are kept longer, in a time of their own', async () => {
    await portal.folder.write('north/02001084/broken.tsv', 'nothing of a meter\n');
    const [file] = await importAll();
    expect(await sweep(19)).toBe(0);
    expect(await sweep(21)).toBe(1);
    expect(await portal.folder.files()).toEqual([]);
    expect(await download(file?.id)).toBe('410 ORIGINAL_REMOVED');
    expect(await portal.client.post(`/api/imports/files/${file?.id}/retry`, {})).toMatchObject({
      status: 410,
    });
  });

  it('of one name that came several times are told apart, also when the first one is gone', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [first] = await importAll();
    await portal.folder.write('north/02001084/a.tsv', { rows: 3 });
    const [second] = await importAll();
    await portal.dataSource.query(
      `UPDATE monitoring.import_file SET imported_at = imported_at - INTERVAL '5 days' WHERE id = $1`,
      [first?.id],
    );
    expect(await sweep(6)).toBe(1);
    expect(await portal.folder.files()).toEqual(['north/02001084/parsed/a.1.tsv']);
    expect(await download(first?.id)).toBe('410 ORIGINAL_REMOVED');
    expect(await download(second?.id)).toBe('200');
  });

  it('are only the very bytes that were imported', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    await importAll();
    await portal.folder.write('north/02001084/parsed/a.tsv', 'another file of that name');
    await portal.folder.write('north/02001084/parsed/mine.tsv', 'never imported');
    expect(await sweep(12)).toBe(0);
    expect(await portal.folder.files()).toEqual([
      'north/02001084/parsed/a.tsv',
      'north/02001084/parsed/mine.tsv',
    ]);
  });

  it('of a source that the portal is not told of any more stay', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    await portal.dataSource.query(`UPDATE monitoring.import_file SET source = 'sftp'`);
    expect(await sweep(12)).toBe(0);
    expect(await portal.folder.files()).toEqual(['north/02001084/parsed/a.tsv']);
    expect((await detailOf(portal.client, file?.id)).originalRemovedAt).toBeNull();
  });

  it('that have not been moved are left: a killed process did not come to it', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    const place = path.join(portal.folder.path, 'north/02001084');
    await rename(path.join(place, 'parsed/a.tsv'), path.join(place, 'a.tsv'));
    expect(await sweep(12)).toBe(0);
    expect((await detailOf(portal.client, file?.id)).originalRemovedAt).toBeNull();
  });

  it('that were removed before a crash could note it are noted by the next pass', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    await rm(path.join(portal.folder.path, 'north/02001084/parsed/a.tsv'));
    expect(await sweep(12)).toBe(0);
    expect(await download(file?.id)).toBe('410 ORIGINAL_REMOVED');
  });

  it('that came once more after they were removed are there again, and are removed once more', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    expect(await sweep(11)).toBe(1);
    await portal.folder.write('north/02001084/a.tsv');
    expect(await importAll()).toEqual([]);
    expect(await download(file?.id)).toBe('200');
    expect(await sweep(11)).toBe(1);
    expect(await portal.folder.files()).toEqual([]);
    expect(await download(file?.id)).toBe('410 ORIGINAL_REMOVED');
  });

  it('are not called removed when the whole folder is away', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    await rename(portal.folder.path, `${portal.folder.path}-away`);
    await mkdir(portal.folder.path);
    expect(await sweep(12)).toBe(0);
    await rm(portal.folder.path, { recursive: true });
    await rename(`${portal.folder.path}-away`, portal.folder.path);
    expect(await download(file?.id)).toBe('200');
  });

  it('outside of the folder stay, whatever links there are', async () => {
    const outside = await MeterFolder.create();
    await portal.folder.write('north/02001084/a.tsv');
    const [file] = await importAll();
    const parsed = path.join(portal.folder.path, 'north/02001084/parsed');
    await rename(parsed, path.join(outside.path, 'parsed'));
    await symlink(path.join(outside.path, 'parsed'), parsed);
    expect(await sweep(12)).toBe(0);
    expect(await outside.files()).toEqual(['parsed/a.tsv']);
    await portal.dataSource.query(`UPDATE monitoring.import_file SET path = '../../' || path`);
    expect(await sweep(12)).toBe(0);
    expect(await outside.files()).toEqual(['parsed/a.tsv']);
    expect((await detailOf(portal.client, file?.id)).originalRemovedAt).toBeNull();
  });

  it('that were uploaded are removed as well', async () => {
    const { body } = await upload(portal.client, 'north.tsv', await smallText(), 'north');
    const [file] = await importUploads(portal.client, body.id);
    expect(await download(file?.id)).toBe('200');
    expect(await sweep(11)).toBe(1);
    expect(await download(file?.id)).toBe('410 ORIGINAL_REMOVED');
    expect(await readdir(path.join(portal.folder.path, '.uploads'))).toEqual([]);
  });
});

describe('reports', () => {
  it('are removed when they are older than kept, and nothing else beside them', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    await importAll();
    const [report = ''] = await reports.files();
    const month = path.dirname(report);
    await reports.write(path.join(month, 'notes.json'), '{}');
    await reports.write('2001/20010101T000000Z-018f0000-0000-7000-8000-000000000000.json', '{}');
    const outside = await MeterFolder.create();
    await writeFile(path.join(outside.path, path.basename(report)), '{}');
    await mkdir(path.join(reports.path, '2002'));
    await symlink(outside.path, path.join(reports.path, '2002/01'));
    expect(await sweep(9)).toBe(0);
    await sweep(31);
    expect(await outside.files()).toHaveLength(1);
    expect(await reports.files()).toEqual([
      '2001/20010101T000000Z-018f0000-0000-7000-8000-000000000000.json',
      '2002/01',
      path.join(month, 'notes.json'),
    ]);
  });
});

async function smallText(): Promise<string> {
  const folder = await MeterFolder.create();
  await folder.write('a.tsv');
  return folder.read('a.tsv');
}
