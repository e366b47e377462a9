import { createHash } from 'node:crypto';
import { CodedError } from '#libs/errors';
import { StatisticsAccumulator } from './channel-statistics.js';
import { indexOf, RowMerger, TimeCollector } from './duplicate-rows.js';
import { limits } from './limits.js';
import { HeaderProblem } from './refusal.js';
import type { RowBlock } from './row-block.js';
import type { Scan, ScanConsumer } from './scan.js';

/** Opens the file anew, from its first byte. */
export type OpenMeterFile = () => AsyncIterable<Uint8Array>;

/** Begins a pass over the file, which reads it as the first one did. */
type BeginScan = (consumer: ScanConsumer) => Scan;

/** What the first pass found. */
export interface FirstPass {
  bytes: number;
  sha256: string;
  rows: number;
  channelCount: number;
  statistics: StatisticsAccumulator;
}

/**
 * Statistics over distinct times of a file whose rows are not in strictly increasing order. It is read again:
 * once for the times, and when some repeat, once more to merge those; in several rounds when they hold more than
 * `mergedValues`, which bounds the memory.
 * @throws CodedError METER_FILE_UNREADABLE when the file has changed since the first pass.
 */
export async function distinctStatistics(
  file: { open: OpenMeterFile; beginScan: BeginScan },
  first: FirstPass,
  mergedValues: number = limits.mergedValues,
): Promise<{ statistics: StatisticsAccumulator; distinctRows: number }> {
  const collector = new TimeCollector(first.rows);
  await reread(file, first, (block) => collector.add(block));
  const { times, distinct } = collector.repeated();
  if (times.length === 0) return { statistics: first.statistics, distinctRows: distinct };
  const statistics = new StatisticsAccumulator(first.channelCount);
  const round = Math.max(1, Math.floor(mergedValues / first.channelCount));
  for (let from = 0; from < times.length; from += round) {
    const merger = new RowMerger(times.subarray(from, from + round), first.channelCount);
    await reread(file, first, (block) => {
      merger.add(block);
      if (from === 0) addUnrepeated(statistics, block, times);
    });
    statistics.add(merger.values, merger.rowCount);
  }
  return { statistics, distinctRows: distinct };
}

/** Adds the rows whose time occurs once. */
function addUnrepeated(statistics: StatisticsAccumulator, block: RowBlock, repeated: Uint32Array): void {
  const { times, values, channelCount } = block;
  let kept = 0;
  for (let row = 0; row < block.rowCount; row += 1) {
    if (indexOf(repeated, (times[row] as number) / 1000) !== -1) continue;
    values.copyWithin(kept * channelCount, row * channelCount, (row + 1) * channelCount);
    kept += 1;
  }
  statistics.add(values, kept);
}

/** Reads the bytes of the first pass again; a meter may still be sending, and more may have come. */
async function reread(
  { open, beginScan }: { open: OpenMeterFile; beginScan: BeginScan },
  first: FirstPass,
  take: (block: RowBlock) => void,
): Promise<void> {
  const scan = beginScan({ onHeader: () => {}, onBlock: take });
  const digest = createHash('sha256');
  let remaining = first.bytes;
  try {
    for await (const chunk of open()) {
      const part = chunk.subarray(0, remaining);
      digest.update(part);
      await scan.push(part);
      remaining -= part.length;
      if (remaining === 0) break;
    }
    await scan.finish();
  } catch (error) {
    if (error instanceof HeaderProblem) throw changed();
    throw error;
  }
  if (digest.digest('hex') !== first.sha256) throw changed();
}

function changed(): CodedError {
  return new CodedError('METER_FILE_UNREADABLE', { detail: 'it changed while it was read' });
}
