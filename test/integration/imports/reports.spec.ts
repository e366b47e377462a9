import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importRunDetail, importRunReport, type ImportReport } from '#libs/contracts';
import { FileSource } from '../../../apps/portal/src/collection/file-source.js';
import { FolderStore } from '../../../apps/portal/src/collection/folder-store.js';
import { ImportRun } from '../../../apps/portal/src/imports/import-run.js';
import { MeterFolder } from '../meter-folder.js';
import { openImportDatabase, type ImportDatabase } from './import-database.js';
import { filesOf, startImportPortal, type ImportPortal } from './upload-client.js';

let database: ImportDatabase;
let folder: MeterFolder;
let reports: string;
const warnings: string[] = [];

beforeAll(async () => {
  database = await openImportDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.clear();
  folder = await MeterFolder.create();
  reports = path.join((await MeterFolder.create()).path, 'reports');
  warnings.length = 0;
});

async function importAll(): Promise<ImportReport & { id: string }> {
  const source = new FileSource(new FolderStore(folder.path));
  const run = await ImportRun.begin(database.dataSource, {
    trigger: 'command',
    source,
    timeZone: 'Europe/Paris',
    reportFolder: reports,
    warn: (message) => warnings.push(message),
  });
  return { id: run.id, ...(await run.import((await source.look()).files)) };
}

async function writtenFiles(): Promise<string[]> {
  const entries = await readdir(reports, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(reports, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

async function written(id: string) {
  const name = (await writtenFiles()).find((file) => file.endsWith(`-${id}.json`)) ?? 'none';
  return importRunReport.strict().parse(JSON.parse(await readFile(path.join(reports, name), 'utf8')));
}

describe('the report of a run', () => {
  it('is a file named by its start, and holds all that the run found', async () => {
    await folder.write('north/02001084/a.tsv');
    await folder.write('north/02001084/broken.tsv', 'nothing of a meter\n');
    const { id, files, totals } = await importAll();
    const [name] = await writtenFiles();
    expect(name).toMatch(/^\d{4}\/\d{2}\/\d{8}T\d{6}Z-[0-9a-f-]{36}\.json$/);
    const report = await written(id);
    expect(report).toMatchObject({ dryRun: false, totals, run: { id, trigger: 'command' } });
    expect(report.files).toEqual(files);
    expect(warnings).toEqual([]);
  });

  it('names files that were not recorded: unchanged ones, and those that cannot be read', async () => {
    await folder.write('north/02001084/a.tsv');
    await importAll();
    await folder.write('north/02001084/again.tsv');
    const { id, files } = await importAll();
    const report = await written(id);
    expect(report.files).toEqual(files);
    expect(report.totals).toMatchObject({ files: 1, unchanged: 1, imported: 0 });
  });

  it('that cannot be written is a warning, and is written after the next run', async () => {
    await folder.write('north/02001084/a.tsv');
    await writeFile(reports, 'in the way');
    const first = await importAll();
    expect(first.totals.imported).toBe(1);
    expect(warnings).toEqual([`Reports cannot be written into ${reports}; the next run tries again`]);
    await rm(reports);
    await folder.write('north/02001084/b.tsv', { rows: 3 });
    const second = await importAll();
    expect(await writtenFiles()).toHaveLength(2);
    expect((await written(first.id)).files).toEqual(first.files);
    expect((await written(second.id)).files).toEqual(second.files);
    expect(warnings).toHaveLength(1);
  });

  it('of a run whose process was killed is written as far as it came', async () => {
    const killed = uuid();
    await database.dataSource.query(
      `INSERT INTO monitoring.import_run (id, trigger, started_at) VALUES ($1, 'schedule', now() - INTERVAL '25 hours')`,
      [killed],
    );
    await folder.write('north/02001084/a.tsv');
    await importAll();
    await database.dataSource.query(`UPDATE monitoring.import_file SET run_id = $1`, [killed]);
    await database.dataSource.query(`UPDATE monitoring.import_run SET reported_at = NULL WHERE id = $1`, [
      killed,
    ]);
    await folder.write('north/02001084/b.tsv', { rows: 3 });
    await importAll();
    expect(await written(killed)).toMatchObject({ run: { finishedAt: null }, totals: { files: 1 } });
  });

  it('leaves no half-written file beside it', async () => {
    await folder.write('north/02001084/a.tsv');
    await importAll();
    expect((await writtenFiles()).filter((name) => name.includes('.tmp'))).toEqual([]);
  });
});

describe('in the portal', () => {
  let portal: ImportPortal;
  beforeAll(async () => {
    portal = await startImportPortal();
  });
  afterAll(() => portal.close());

  it('a run has its facts and a report to download', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    const started = await portal.client.post<{ runId: string }>('/api/imports/runs');
    await filesOf(portal.client, started.body.runId);
    const { runId } = started.body;
    const run = await portal.client.get(`/api/imports/runs/${runId}`);
    expect(importRunDetail.strict().parse(run.body)).toMatchObject({
      id: runId,
      trigger: 'manual',
      totals: { imported: 1 },
      unrecorded: [],
    });
    const report = await portal.client.get(`/api/imports/runs/${runId}/report.json`);
    expect(report.headers.get('content-disposition')).toContain(`import-${runId}.json`);
    expect(importRunReport.strict().parse(report.body).files).toMatchObject([
      { path: 'north/02001084/a.tsv' },
    ]);
    expect((await portal.client.get(`/api/imports/runs/${uuid()}`)).status).toBe(404);
    expect((await portal.client.get(`/api/imports/runs/${uuid()}/report.json`)).status).toBe(404);
  });
});
