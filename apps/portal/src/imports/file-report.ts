import type { ImportFileReport, ImportTotals } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { MeterFileRefused, type MeterFileReport } from '#libs/meter-files';
import type { WaitingFile } from '../collection/waiting-file.js';

const nothingRead = {
  format: null,
  warnings: [],
  rows: 0,
  channels: 0,
  points: 0,
  rejectedRows: { truncated: 0, timestamp: 0 },
  rejectedValues: 0,
  duplicateRows: 0,
  suspiciousTimes: 0,
  incomplete: false,
  firstTime: null,
  lastTime: null,
  channelStats: [],
  problems: [],
  metadata: {},
  daylightSaving: null,
} satisfies Partial<ImportFileReport>;

/** Report of a file whose rows were read (and, outside of a dry run, stored). */
export function describeImported(
  file: WaitingFile,
  read: MeterFileReport,
  durationMs: number,
): ImportFileReport {
  return {
    path: file.path,
    site: file.place?.site ?? null,
    device: read.masterSerial,
    format: read.format,
    status: 'imported',
    warnings: warnings(file, read),
    rows: read.rows,
    channels: read.channels.length,
    points: read.points,
    rejectedRows: read.rejectedRows,
    rejectedValues: read.rejectedValues,
    duplicateRows: read.duplicateRows,
    suspiciousTimes: read.suspiciousTimes,
    incomplete: read.incomplete,
    firstTime: read.firstTime,
    lastTime: read.lastTime,
    channelStats: read.channels,
    problems: read.problems,
    metadata: read.metadata,
    daylightSaving: read.daylightSaving.resolution,
    bytes: read.bytes,
    sha256: read.sha256,
    durationMs,
  };
}

/** Report of a file that was refused as a whole. */
export function describeRejected(file: WaitingFile, error: CodedError, durationMs: number): ImportFileReport {
  return {
    ...nothingRead,
    ...placeOf(file),
    status: 'rejected',
    error: { code: error.code, message: error.message },
    bytes: file.bytes,
    sha256: error instanceof MeterFileRefused ? error.sha256 : null,
    durationMs,
  };
}

/** Report of a file that was imported before, to the byte. */
export function describeUnchanged(file: WaitingFile, sha256: string, durationMs: number): ImportFileReport {
  return { ...nothingRead, ...placeOf(file), status: 'unchanged', bytes: file.bytes, sha256, durationMs };
}

export function sumUp(reports: readonly ImportFileReport[]): ImportTotals {
  const count = (status: ImportFileReport['status']) =>
    reports.filter((report) => report.status === status).length;
  const sum = (value: (report: ImportFileReport) => number) =>
    reports.reduce((total, report) => total + value(report), 0);
  return {
    files: reports.length,
    imported: count('imported'),
    rejected: count('rejected'),
    unchanged: count('unchanged'),
    rows: sum((report) => report.rows),
    points: sum((report) => report.points),
    rejectedRows: sum((report) => report.rejectedRows.truncated + report.rejectedRows.timestamp),
    rejectedValues: sum((report) => report.rejectedValues),
  };
}

function placeOf(file: WaitingFile) {
  return { path: file.path, site: file.place?.site ?? null, device: file.place?.deviceSerial ?? null };
}

function warnings(file: WaitingFile, read: MeterFileReport): string[] {
  const found: string[] = [];
  const folder = file.place?.deviceSerial;
  // Whoever made a mapping has said which device it is.
  if (file.mapping === undefined && folder !== undefined && folder !== read.masterSerial) {
    found.push(
      `the folder says device ${folder}, the header says ${read.masterSerial}: the header was believed`,
    );
  }
  if (read.incomplete) found.push('the upload was cut off: only whole rows were taken');
  const { suspiciousTimes } = read;
  if (suspiciousTimes > 0) {
    found.push(
      `${suspiciousTimes} ${suspiciousTimes === 1 ? 'row has' : 'rows have'} a time that the meter cannot have known`,
    );
  }
  return found;
}
