import type { Command } from 'commander';
import type { ImportFileReport, ImportReport } from '#libs/contracts';
import type { Environment } from '#libs/config';
import { openPortalDatabase } from '../portal.database.js';
import { readImportCommandSettings } from '../portal.config.js';
import { describeFile, listWaitingFiles, type WaitingFile } from './import-folder.js';
import { dryRun, ImportRun } from './import-run.js';

interface Flags {
  dataFolder: string;
  file?: string;
  dryRun?: boolean;
  json?: boolean;
}

const examples = `
Examples:
  $ npm run -s portal -- import --data-folder /data/import
  $ npm run -s portal -- import --data-folder /data/import --file /data/import/site/02001084/T302.tsv --dry-run --json

Files lie at <data folder>/<site>/<device serial>/<file>.tsv. What was imported is moved to parsed/ beside it, what was
refused to error/. A dry run needs no database, writes nothing and moves nothing.
A refused file is a line of the report, not a failure. Exit codes: 0 done, 1 the import failed, 64 wrong usage.`;

/** Adds `import` to the portal's command line. */
export function addImportCommand(program: Command, environment: Environment): void {
  program
    .command('import')
    .description('import meter files from a folder')
    .requiredOption('--data-folder <dir>', 'folder of the meter files')
    .option('--file <file>', 'import only this file; it must be below the data folder')
    .option('--dry-run', 'read and report, write and move nothing')
    .option('--json', 'print the report as JSON on standard output')
    .addHelpText('after', examples)
    .action(async (flags: Flags) => {
      const report = await runImport(flags, environment);
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : table(report));
    });
}

async function runImport(flags: Flags, environment: Environment): Promise<ImportReport> {
  const { dataFolder: folder, file } = flags;
  const settings = flags.dryRun ? undefined : readImportCommandSettings(environment);
  const files = file === undefined ? await listWaitingFiles(folder) : [await describeFile(folder, file)];
  if (settings === undefined) return dryRun(folder, files, showProgress);
  const database = await openPortalDatabase(settings.database, (line) => say(line));
  try {
    const options = {
      ...settings,
      folder,
      trigger: 'command' as const,
      onFile: showProgress,
      warn: showWarning,
    };
    const run = await ImportRun.begin(database.dataSource, options);
    return await run.import(files satisfies WaitingFile[]);
  } finally {
    await database.close();
  }
}

function showProgress(report: ImportFileReport, done: number, of: number): void {
  say(`[${done}/${of}] ${report.status} ${report.path}${report.error ? ` (${report.error.code})` : ''}`);
}

function showWarning(message: string, error: unknown): void {
  say(`${message} (${error instanceof Error ? error.message : String(error)})`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function table(report: ImportReport): string {
  const { totals } = report;
  if (totals.files === 0) return 'No meter files are waiting.\n';
  const lines = report.files.map((file) => {
    const rejected = file.rejectedRows.truncated + file.rejectedRows.timestamp;
    const notes = [file.error?.message, ...file.warnings].filter((note) => note !== undefined);
    const numbers = `${file.rows} rows, ${file.points} points, ${rejected} rows and ${file.rejectedValues} values rejected`;
    return [
      `${file.status.padEnd(9)} ${file.path}: ${numbers}`,
      ...notes.map((note) => `          ${note}`),
    ].join('\n');
  });
  const summary = `${totals.imported} imported, ${totals.unchanged} unchanged, ${totals.rejected} refused`;
  const prefix = report.dryRun ? 'Dry run: nothing was written. ' : '';
  return `${lines.join('\n')}\n${prefix}${totals.files} files (${summary}), ${totals.points} points\n`;
}
