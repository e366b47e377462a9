import type { ColumnMapping, UploadSample, UploadSampleBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { guessMapping, readMeterFile, readTable, type MeterRows } from '#libs/meter-files';

const sampleRows = 20;

/** Until there is one; the reader wants a name. */
const anyDevice = 'device';

/**
 * The first rows of a file, as cells and as a mapping reads them.
 * @param head beginning of the file
 * @param isCut there is more of it, so that its last line may be cut off
 * @param timeZone of a mapping that is guessed
 */
export async function sampleUpload(
  head: Buffer,
  isCut: boolean,
  { dialect, mapping: given }: UploadSampleBody,
  timeZone: string,
): Promise<UploadSample> {
  const whole = isCut ? head.subarray(0, head.lastIndexOf('\n') + 1) : head;
  const mapping = given ?? guessMapping(whole, timeZone, dialect).mapping;
  const { rows } = readTable(whole, mapping, sampleRows + 1);
  const header = mapping.hasHeader ? (rows[0]?.cells ?? []) : [];
  return {
    mapping,
    header,
    table: mapping.hasHeader ? rows.slice(1) : rows.slice(0, sampleRows),
    reading: mapping.values.channels.length === 0 ? null : await read(whole, mapping),
  };
}

async function read(head: Buffer, mapping: ColumnMapping): Promise<UploadSample['reading']> {
  const channels = mapping.values.channels.map(({ label, name, unit }) => ({ label, name, unit }));
  const rows: NonNullable<UploadSample['reading']>['rows'] = [];
  const options = {
    now: new Date(),
    mapping: { ...mapping, device: mapping.device || anyDevice },
    onRows: (block: MeterRows) => {
      for (let row = 0; row < block.rowCount && rows.length < sampleRows; row++) {
        rows.push(describeRow(block, row, channels.length));
      }
    },
  };
  try {
    const { problems } = await readMeterFile(() => chunksOf(head), options);
    return { channels, rows, problems, error: null };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { channels, rows, problems: [], error: { code: error.code, message: error.message } };
  }
}

function describeRow({ times, values }: MeterRows, row: number, width: number) {
  const own = [...values.subarray(row * width, (row + 1) * width)];
  return {
    time: new Date(times[row] as number).toISOString(),
    values: own.map((value) => (Number.isNaN(value) ? null : value)),
  };
}

async function* chunksOf(head: Buffer): AsyncGenerator<Uint8Array> {
  yield head;
}
