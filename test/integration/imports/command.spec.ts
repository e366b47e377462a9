import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { importReport, importRunReport } from '#libs/contracts';
import { demoMeterFiles } from '../../fixtures/meter-files.js';
import { addImportCommand } from '../../../apps/portal/src/imports/import.command.js';
import { openPortalDatabase } from '../../../apps/portal/src/portal.database.js';
import { MeterFolder, smallFileChannels } from '../meter-folder.js';
import { createTestDatabase, databaseEnvironment, type TestDatabase } from '../test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs `portal import …` in this process. */
async function run(environment: Record<string, string>, ...args: string[]) {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const spy = vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += String(text);
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  const program = new Command('portal').exitOverride();
  addImportCommand(program, environment);
  try {
    await program.parseAsync(['import', ...args], { from: 'user' });
  } finally {
    vi.restoreAllMocks();
  }
  return output;
}

function importInto(folder: MeterFolder, ...args: string[]) {
  const environment = { ...databaseEnvironment(database.address), IMPORT_SETTLE_SECONDS: '0' };
  return run(environment, '--data-folder', folder.path, ...args);
}

/** Asks the database while no program has it open. */
async function query(sql: string, values: unknown[] = []): Promise<{ entries: number }[]> {
  const { dataSource, close } = await openPortalDatabase(database.address, () => undefined);
  try {
    return await dataSource.query(sql, values);
  } finally {
    await close();
  }
}

async function demoFolder(): Promise<MeterFolder> {
  const folder = await MeterFolder.create();
  for (const file of demoMeterFiles(new Date('2026-06-01T00:00:00Z')))
    await folder.write(file.path, file.content);
  return folder;
}

describe('import --dry-run', () => {
  it('reports what an import would, without a database, and writes and moves nothing', async () => {
    const folder = await demoFolder();
    await folder.write('empty-site/1/empty.tsv', '');
    const before = await folder.snapshot();
    const { stdout, stderr } = await run({}, '--data-folder', folder.path, '--dry-run', '--json');
    expect(await folder.snapshot()).toEqual(before);
    const report = importReport.parse(JSON.parse(stdout));
    expect(report.dryRun).toBe(true);
    expect(report.totals).toMatchObject({ files: 13, imported: 12, rejected: 1, unchanged: 0 });
    expect(stderr).toContain('[13/13]');

    const imported = importReport.parse(JSON.parse((await importInto(folder, '--json')).stdout));
    const comparable = ({ files }: typeof report) => files.map((file) => ({ ...file, durationMs: 0 }));
    expect(comparable(report)).toEqual(comparable(imported));
  });
});

describe('import --json', () => {
  it('prints nothing but the report of the contract, which also lies in the report folder', async () => {
    const folder = await MeterFolder.create();
    await folder.write('north/02001084/json.tsv');
    const { stdout } = await importInto(folder, '--json');
    const printed: unknown = JSON.parse(stdout);
    expect(importReport.strict().parse(printed)).toEqual(printed);
    const reports = path.join(folder.path, '.reports');
    const [name = '', ...others] = (await readdir(reports, { recursive: true })).filter((file) =>
      file.endsWith('.json'),
    );
    expect(others).toEqual([]);
    const written: unknown = JSON.parse(await readFile(path.join(reports, name), 'utf8'));
    const { run: ofRun, ...report } = importRunReport.strict().parse(written);
    expect(report).toEqual(printed);
    expect(ofRun).toMatchObject({ trigger: 'command', account: null });
  });

  it('puts the report where IMPORT_REPORT_DIR says', async () => {
    const [folder, reports] = [await MeterFolder.create(), await MeterFolder.create()];
    await folder.write('north/02001084/report.tsv', { rows: 3 });
    const environment = { ...databaseEnvironment(database.address), IMPORT_REPORT_DIR: reports.path };
    await run(environment, '--data-folder', folder.path);
    expect(await reports.files()).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['north']);
  });

  it('leaves no report of a run without files', async () => {
    const folder = await MeterFolder.create();
    const { stdout } = await importInto(folder);
    expect(stdout).toBe('No meter files are waiting.\n');
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe('import', () => {
  it('prints a line per file and a summary', async () => {
    const folder = await MeterFolder.create();
    await folder.write('north/02009999/table.tsv', { rows: 4 });
    await folder.write('north/02009999/z.tsv', '');
    const { stdout } = await importInto(folder);
    expect(stdout.split('\n')).toEqual([
      `imported  north/02009999/table.tsv: 4 rows, ${4 * smallFileChannels} points, 0 rows and 0 values rejected`,
      '          the folder says device 02009999, the header says 02001084: the header was believed',
      'rejected  north/02009999/z.tsv: 0 rows, 0 points, 0 rows and 0 values rejected',
      expect.stringContaining('The meter file is empty'),
      `2 files (1 imported, 0 unchanged, 1 refused), ${4 * smallFileChannels} points`,
      '',
    ]);
  });

  it('takes one file with --file, and leaves the others', async () => {
    const folder = await MeterFolder.create();
    await folder.write('north/02001084/one.tsv', { rows: 1 });
    await folder.write('north/02001084/two.tsv', { rows: 2 });
    await importInto(folder, '--file', path.join(folder.path, 'north/02001084/one.tsv'));
    expect(await folder.files()).toEqual(['north/02001084/parsed/one.tsv', 'north/02001084/two.tsv']);
  });

  it('finds in the database whether there is a push, and needs no variable for it', async () => {
    const folder = await MeterFolder.create();
    const queued: (number | undefined)[] = [];
    for (const enabled of [true, false]) {
      await query('UPDATE monitoring.fleet_push_state SET enabled = $1, batch_rows = 100', [enabled]);
      await query('TRUNCATE monitoring.outbox');
      const start = new Date(enabled ? '2026-07-01T00:00:00Z' : '2026-07-02T00:00:00Z');
      await folder.write(`pushed/02001084/${enabled}.tsv`, { start, rows: 50 });
      await importInto(folder);
      const [row] = await query('SELECT count(*)::int AS entries FROM monitoring.outbox');
      queued.push(row?.entries);
    }
    // The site with its channels, and three times 100 rows.
    expect(queued).toEqual([4, 0]);
  });

  it('refuses a file outside of the data folder and one that is not there', async () => {
    const [folder, other] = [await MeterFolder.create(), await MeterFolder.create()];
    await other.write('north/02001084/T302.tsv');
    await expect(
      importInto(folder, '--file', path.join(other.path, 'north/02001084/T302.tsv')),
    ).rejects.toMatchObject({ code: 'METER_FILE_PATH_INVALID' });
    await expect(
      importInto(folder, '--file', path.join(folder.path, 'north/02001084/T302.tsv')),
    ).rejects.toMatchObject({ code: 'METER_FILE_UNREADABLE' });
    expect(await other.files()).toEqual(['north/02001084/T302.tsv']);
  });

  it('says so when the folder is missing or the database is not configured', async () => {
    const folder = await MeterFolder.create();
    await expect(
      run({}, '--data-folder', path.join(folder.path, 'nowhere'), '--dry-run'),
    ).rejects.toMatchObject({ code: 'IMPORT_FOLDER_MISSING' });
    await expect(run({}, '--data-folder', folder.path)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      problems: [{ path: 'DATABASE_HOST', message: 'is required' }],
    });
  });
});
