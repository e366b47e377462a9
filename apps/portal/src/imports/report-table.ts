import type { ImportReport } from '#libs/contracts';

/** What `portal import` prints for people. */
export function reportTable(report: ImportReport): string {
  const { totals } = report;
  if (totals.files === 0) return 'No meter files are waiting.\n';
  const lines = report.files.map((file) => {
    const rejected = file.rejectedRows.truncated + file.rejectedRows.timestamp;
    const notes = [file.error?.message, ...file.warnings].filter((note) => note !== undefined);
    const numbers = `${file.rows} rows, ${file.points} points, ${rejected} rows and ${file.rejectedValues} values rejected`;
    return [
      `${file.status.padEnd(9)} ${printable(file.path)}: ${numbers}`,
      ...notes.map((note) => `          ${printable(note)}`),
    ].join('\n');
  });
  const summary = `${totals.imported} imported, ${totals.unchanged} unchanged, ${totals.rejected} refused`;
  const prefix = report.dryRun ? 'Dry run: nothing was written. ' : '';
  return `${lines.join('\n')}\n${prefix}${totals.files} files (${summary}), ${totals.points} points\n`;
}

/** A file may be called anything: its name begins no line of ours and tells a terminal nothing. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
