import { createHash } from 'node:crypto';
import { StatisticsAccumulator } from './channel-statistics.js';
import { distinctStatistics, type OpenMeterFile } from './distinct-statistics.js';
import type { MeterFileHeader } from './header.js';
import { openScan, type ScanOptions } from './open-scan.js';
import { HeaderProblem, MeterFileRefused } from './refusal.js';
import { buildReport, type MeterFileReport } from './report.js';
import type { MeterRows } from './row-block.js';
import { RowTimes } from './row-times.js';
import type { Scan, ScanConsumer, ScannedRows } from './scan.js';

export interface ReadMeterFileOptions extends Pick<ScanOptions, 'mapping'> {
  /** The present, against which times in the future are judged. */
  now: Date;
  /** Called once, before any rows. */
  onHeader?: (header: MeterFileHeader) => void | Promise<void>;
  /** Called with each block of accepted rows, in file order; see {@link MeterRows} for what it may keep. */
  onRows?: (rows: MeterRows) => void | Promise<void>;
  /** Most rows of a block; 4096 unless given, fewer when rows are wide. */
  blockRows?: number;
}

/**
 * Reads a meter file of any known format, or by a mapping of its columns: calls back with header and rows, and returns the report.
 *
 * `open` starts the file from its first byte. It is called once for a file whose rows are in strictly increasing
 * order, and again, without calling back, to count and merge rows of the same time otherwise. Chunks may have any
 * size and may be reused once the next one is asked for. Memory stays flat whatever the size of the file.
 *
 * @throws MeterFileRefused METER_FILE_EMPTY, METER_FILE_FORMAT_UNKNOWN, METER_FILE_HEADER_MISSING or
 *   METER_FILE_HEADER_INVALID; `onHeader` was not called then.
 * @throws CodedError METER_FILE_UNREADABLE when the file changed between two passes.
 * What `open` or a callback throws is passed on. Rows that are wrong are counted in the report, never thrown.
 */
export async function readMeterFile(
  open: OpenMeterFile,
  options: ReadMeterFileOptions,
): Promise<MeterFileReport> {
  const pass = new FirstPass(options);
  for await (const chunk of open()) await pass.push(chunk);
  const { header, scanned, statistics, times, bytes, sha256 } = await pass.finish();
  const found = { header, scanned, times, bytes, sha256 };
  if (times.increasing) return buildReport({ ...found, statistics, distinctRows: times.rows });
  const channelCount = header.channels.length;
  const beginScan = (consumer: ScanConsumer) => openScan(consumer, { mapping: options.mapping });
  const distinct = await distinctStatistics(
    { open, beginScan },
    { bytes, sha256, rows: times.rows, channelCount, statistics },
  );
  return buildReport({ ...found, ...distinct });
}

/** The pass that hashes the file and hands out its rows. After a problem in the header it only hashes. */
class FirstPass {
  private readonly digest = createHash('sha256');
  private readonly times: RowTimes;
  private readonly scan: Scan;
  private bytes = 0;
  private header: MeterFileHeader | null = null;
  private statistics = new StatisticsAccumulator(0);
  private problem: HeaderProblem | null = null;

  constructor({ now, onHeader, onRows, blockRows, mapping }: ReadMeterFileOptions) {
    this.times = new RowTimes(now);
    this.scan = openScan(
      {
        onHeader: async (header) => {
          this.header = header;
          this.statistics = new StatisticsAccumulator(header.channels.length);
          await onHeader?.(header);
        },
        onBlock: async (block) => {
          this.times.add(block);
          this.statistics.add(block.values, block.rowCount);
          await onRows?.(block);
        },
      },
      { mapping, ...(blockRows !== undefined && { blockRows }) },
    );
  }

  async push(chunk: Uint8Array): Promise<void> {
    this.digest.update(chunk);
    this.bytes += chunk.length;
    if (this.problem !== null) return;
    await this.catchProblem(() => this.scan.push(chunk));
  }

  async finish(): Promise<{
    header: MeterFileHeader;
    scanned: ScannedRows;
    times: RowTimes;
    statistics: StatisticsAccumulator;
    bytes: number;
    sha256: string;
  }> {
    const scanned = this.problem === null ? await this.catchProblem(() => this.scan.finish()) : null;
    const { header, times, statistics, bytes } = this;
    const sha256 = this.digest.digest('hex');
    if (this.problem !== null) throw new MeterFileRefused(this.problem, { bytes, sha256 });
    // Without a problem the scan cannot have ended without a header.
    if (header === null || scanned === null) throw new Error('the scan ended without a header');
    return { header, scanned, times, statistics, bytes, sha256 };
  }

  private async catchProblem<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HeaderProblem)) throw error;
      this.problem = error;
      return null;
    }
  }
}
