import { CodedError } from '#libs/errors';
import type { OpenMeterFile } from './distinct-statistics.js';
import { openScan, type ScanOptions } from './open-scan.js';
import { HeaderProblem } from './refusal.js';
import type { RejectedLine } from './row-problems.js';

/**
 * Every line of a file of which something was rejected, in file order; a report has the first only. The file is read anew.
 * @throws CodedError as `readMeterFile` for a file that cannot be read at all
 */
export async function* rejectedLines(
  open: OpenMeterFile,
  { mapping }: Pick<ScanOptions, 'mapping'> = {},
): AsyncGenerator<RejectedLine> {
  let found: RejectedLine[] = [];
  const consumer = { onHeader: () => undefined, onBlock: () => undefined };
  const scan = openScan(consumer, { mapping, onReject: (line) => found.push(line) });
  const take = () => {
    const taken = found;
    found = [];
    return taken;
  };
  try {
    for await (const chunk of open()) {
      await scan.push(chunk);
      yield* take();
    }
    await scan.finish();
    yield* take();
  } catch (error) {
    if (error instanceof HeaderProblem) throw new CodedError(error.code, { detail: error.message });
    throw error;
  }
}
