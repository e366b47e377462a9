import path from 'node:path';
import type { Command } from 'commander';
import type { ImportFileReport, ImportReport } from '#libs/contracts';
import type { Environment } from '#libs/config';
import { CodedError } from '#libs/errors';
import { FileSource } from '../collection/file-source.js';
import { FolderStore } from '../collection/folder-store.js';
import type { Listing } from '../collection/look.js';
import { findFresh, moveKnown, settle } from '../collection/pass.js';
import { SftpStore } from '../collection/sftp-store.js';
import { registerSiteFolders } from '../collection/site-folders.js';
import { waitingFile, type WaitingFile } from '../collection/waiting-file.js';
import { openPortalDatabase } from '../portal.database.js';
import { readImportCommandSettings, readSftpSettings } from '../portal.config.js';
import { FileBindings } from './file-bindings.js';
import { defaultReportFolder, dryRun, ImportRun } from './import-run.js';
import { selectMappings } from './mappings.queries.js';
import { printable, reportTable } from './report-table.js';

interface Flags {
  dataFolder?: string;
  sftp?: boolean;
  file?: string;
  dryRun?: boolean;
  json?: boolean;
}

const noBindings = new FileBindings();

const examples = `
Examples:
  $ npm run -s portal -- import --data-folder /data/import
  $ npm run -s portal -- import --data-folder /data/import --file /data/import/site/02001084/T302.tsv --dry-run --json
  $ npm run -s portal -- import --sftp --dry-run

Files lie at <data folder>/<site>/<device serial>/<file>.tsv, or the same below SFTP_FOLDER on the server that SFTP_* name. What
was imported is moved to parsed/ beside it, what was refused to error/. A dry run needs no database, writes nothing and moves nothing.
A refused file is a line of the report, not a failure. Exit codes: 0 done, 1 the import failed, 64 wrong usage.`;

/** Adds `import` to the portal's command line. */
export function addImportCommand(program: Command, environment: Environment): void {
  program
    .command('import')
    .description('import meter files from a folder or an SFTP server')
    .option('--data-folder <dir>', 'folder of the meter files')
    .option('--sftp', 'the server that SFTP_HOST and the other SFTP_* variables name')
    .option('--file <file>', 'import only this file; it must be below the data folder, or SFTP_FOLDER')
    .option('--dry-run', 'read and report, write and move nothing')
    .option('--json', 'print the report as JSON on standard output')
    .addHelpText('after', examples)
    .action(async (flags: Flags) => {
      const source = openSource(flags, environment);
      try {
        const report = await runImport(flags, source, environment);
        process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportTable(report));
      } finally {
        await source.close();
      }
    });
}

function openSource({ dataFolder, sftp = false }: Flags, environment: Environment): FileSource {
  if (sftp === (dataFolder !== undefined)) {
    throw new CodedError('USAGE', { detail: 'give either --data-folder or --sftp' });
  }
  if (dataFolder !== undefined) return new FileSource(new FolderStore(dataFolder));
  return new FileSource(new SftpStore(readSftpSettings(environment)));
}

async function runImport(flags: Flags, source: FileSource, environment: Environment): Promise<ImportReport> {
  const settings = flags.dryRun ? undefined : readImportCommandSettings(environment);
  // Before the database: a source that is not there needs none.
  const unbound = await list(flags, source);
  if (settings === undefined) {
    tellProblems(unbound);
    return dryRun(source, unbound.files, showProgress);
  }
  const database = await openPortalDatabase(settings.database, (line) => say(line));
  const { dataSource } = database;
  try {
    const { timeZone, reportFolder: given, settleSeconds } = settings;
    const bindings = new FileBindings(await selectMappings(dataSource));
    const listing = bindings.isEmpty ? unbound : await list(flags, source, bindings);
    tellProblems(listing);
    const { known, fresh } = await findFresh(dataSource, source, listing.files, bindings);
    await moveKnown(dataSource, source, known);
    const wait = flags.file === undefined ? settleSeconds * 1_000 : 0;
    const { files } = await settle(source, fresh, wait, new AbortController().signal);
    const reportFolder = given ?? (flags.dataFolder && defaultReportFolder(flags.dataFolder));
    const run = await ImportRun.begin(dataSource, {
      trigger: 'command',
      source,
      timeZone,
      reportFolder,
      onFile: showProgress,
      warn: showWarning,
    });
    const report = await run.import(files);
    await registerSiteFolders(dataSource, source.kind, listing.siteFolders, timeZone);
    return report;
  } finally {
    await database.close();
  }
}

type Listed = Pick<Listing, 'files' | 'siteFolders' | 'problems'>;

/** @throws CodedError METER_FILE_PATH_INVALID when the one file is not below the root, METER_FILE_UNREADABLE */
async function list({ file, dataFolder }: Flags, source: FileSource, bindings = noBindings): Promise<Listed> {
  if (file === undefined) return source.look(bindings);
  const described = bindings.bind(await describeFile(source, file, dataFolder));
  return { files: [described], siteFolders: [], problems: [] };
}

function tellProblems({ problems }: Listed): void {
  for (const { path: left, reason } of problems) say(`left alone: ${printable(left)} ${printable(reason)}`);
}

async function describeFile(
  source: FileSource,
  file: string,
  dataFolder: string | undefined,
): Promise<WaitingFile> {
  const below =
    dataFolder === undefined
      ? path.posix.normalize(file)
      : path.relative(path.resolve(dataFolder), path.resolve(file));
  if (below.startsWith('..') || path.isAbsolute(below)) {
    const root = dataFolder ?? source.location;
    throw new CodedError('METER_FILE_PATH_INVALID', { detail: `${file} is not below ${root}` });
  }
  const entry = await source.stat({ path: below });
  if (entry?.kind !== 'file') throw new CodedError('METER_FILE_UNREADABLE', { detail: below });
  return waitingFile(below.split(path.sep).join('/'), entry);
}

function showProgress(report: ImportFileReport, done: number, of: number): void {
  const code = report.error ? ` (${report.error.code})` : '';
  say(`[${done}/${of}] ${report.status} ${printable(report.path)}${code}`);
}

function showWarning(message: string, error: unknown): void {
  say(`${message} (${error instanceof Error ? error.message : String(error)})`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
