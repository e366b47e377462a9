import type { ChannelStatistics, StatisticsAccumulator } from './channel-statistics.js';
import type { MeterFileHeader } from './header.js';
import { describeResolution } from './local-time.js';
import type { RowProblem } from './row-problems.js';
import type { RowTimes } from './row-times.js';
import type { ScannedRows } from './scan.js';

/** What one meter file holds, what was rejected in it and why. Plain data, ready for JSON. */
export interface MeterFileReport extends Omit<MeterFileHeader, 'channels'> {
  /** In column order. */
  channels: ChannelStatistics[];
  /** Accepted rows, rows of the same time included. */
  rows: number;
  /** Distinct pairs of channel and time that have a value. */
  points: number;
  /** Accepted rows whose time another row had before. */
  duplicateRows: number;
  rejectedRows: { truncated: number; timestamp: number };
  /** Empty cells and cells that are no decimal number, in accepted rows. */
  rejectedValues: number;
  /** Accepted rows dated before 2021 (a meter that lost its clock) or more than 24 h after `now`. */
  suspiciousTimes: number;
  daylightSaving: {
    /** Rows in the hour that the clock shows twice. */
    ambiguousRows: number;
    /** Rows in the hour that the clock skips. */
    skippedRows: number;
    /** How they were turned into UTC; null when there are none. */
    resolution: string | null;
  };
  /** The upload was cut off: a V003 file without END_DATA, or a last line without its line break. */
  incomplete: boolean;
  /** The first 100, in file order. */
  problems: RowProblem[];
  /** Earliest and latest time of the accepted rows, suspicious ones included; ISO 8601 in UTC; null without rows. */
  firstTime: string | null;
  lastTime: string | null;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** What the passes over a file have found. */
export interface Findings {
  header: MeterFileHeader;
  scanned: ScannedRows;
  times: RowTimes;
  statistics: StatisticsAccumulator;
  distinctRows: number;
  bytes: number;
  sha256: string;
}

export function buildReport(findings: Findings): MeterFileReport {
  const { header, times } = findings;
  const { problems, clock, incomplete, singleValueLines } = findings.scanned;
  const channels = findings.statistics.describe(header);
  const points = channels.reduce((sum, { count }) => sum + count, 0);
  return {
    format: header.format,
    masterSerial: header.masterSerial,
    metadata: header.metadata,
    timeZone: header.timeZone,
    channels,
    rows: singleValueLines ?? times.rows,
    points,
    duplicateRows:
      singleValueLines === undefined ? times.rows - findings.distinctRows : singleValueLines - points,
    rejectedRows: { truncated: problems.truncatedRows, timestamp: problems.timestampRows },
    rejectedValues: problems.rejectedValues,
    suspiciousTimes: times.suspicious,
    daylightSaving: {
      ambiguousRows: clock.ambiguousRows,
      skippedRows: clock.skippedRows,
      resolution: describeResolution(clock, header.timeZone),
    },
    incomplete,
    problems: problems.list,
    firstTime: times.rows === 0 ? null : new Date(times.first).toISOString(),
    lastTime: times.rows === 0 ? null : new Date(times.last).toISOString(),
    bytes: findings.bytes,
    sha256: findings.sha256,
  };
}
