import pc from 'picocolors';
import type { FleetPushStatus, FleetTotals, ImportDatabaseTotals } from '#libs/contracts';
import type { DemoOptions } from './options.js';

interface SignIn {
  url: string;
  email: string;
  password: string;
}

/** What `npm start -- --once --json` prints. Counts are over everything the data folder holds, not over this run. */
export interface Summary {
  imported: { files: number; refusedFiles: number; points: number; rejectedRows: number };
  stored: { measurements: number };
  pushed: { batches: number; rows: number };
  fleet: { measurements: number };
  /** Measurements in the portal's database that Admin's lacks. */
  lost: number;
  stackFiles: string[];
  seconds: Record<string, number>;
  signIns: { portal: SignIn; admin: SignIn };
}

export interface Findings extends Pick<Summary, 'stackFiles' | 'seconds' | 'signIns'> {
  totals: ImportDatabaseTotals;
  status: FleetPushStatus;
  fleet: FleetTotals;
}

export function summarise({ totals, status, fleet, ...rest }: Findings): Summary {
  return {
    imported: {
      files: totals.files,
      refusedFiles: totals.rejected,
      points: totals.points,
      rejectedRows: totals.rejectedRows,
    },
    stored: { measurements: totals.measurements },
    pushed: { batches: status.sentBatches, rows: status.sentRows },
    fleet: { measurements: fleet.measurements },
    lost: totals.measurements - fleet.measurements,
    ...rest,
  };
}

export function isComplete({ imported, stored, lost }: Summary): boolean {
  return imported.files > 0 && stored.measurements > 0 && lost === 0;
}

export function showTable(summary: Summary, { dataFolder }: DemoOptions): string {
  const { imported, stored, pushed, fleet, lost, signIns } = summary;
  const refused = imported.refusedFiles > 0 ? `, ${imported.refusedFiles} refused` : '';
  const rows: [string, string][] = [
    ['Admin', `${signIns.admin.url}   ${signIns.admin.email}   ${signIns.admin.password}`],
    ['Portal', `${signIns.portal.url}   ${signIns.portal.email}   ${signIns.portal.password}`],
    [
      'Meter files',
      `${count(imported.files)} files${refused}, ${count(imported.rejectedRows)} rows rejected`,
    ],
    ['Points read', `${count(imported.points)}, of which ${count(stored.measurements)} measurements remain`],
    ['Pushed', `${count(pushed.rows)} rows in ${count(pushed.batches)} batches`],
    ['Seen by Admin', `${count(fleet.measurements)} measurements`],
    ['Lost', lost === 0 ? pc.green('0') : pc.red(count(lost))],
    ['Data folder', dataFolder],
  ];
  const lines = rows.map(([name, value]) => `  ${pc.bold(name.padEnd(14))} ${value}`);
  return `\n${lines.join('\n')}\n`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
