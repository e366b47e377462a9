import { formats } from './format-registry.js';
import type { HeaderLine } from './header-steps.js';
import { quote } from './header-text.js';
import { HeaderProblem } from './refusal.js';

const timestamp = /^\d\d\/\d\d\/\d\d /u;
/** Serial numbers, the last one possibly cut off. */
const serialNumbers = /^[0-9A-Za-z._-]*\d[0-9A-Za-z._-]*(?:\t[0-9A-Za-z._-]*)*$/u;

/**
 * Judges the first line of a file without an envelope. Returns it when it can be the line of serial numbers,
 * throws the HeaderProblem that says most about the file otherwise.
 */
export function refuseOpening(line: HeaderLine | null): HeaderLine {
  if (line === null) throw new HeaderProblem('METER_FILE_EMPTY', 'there is no line in it');
  const isMarker = formats.some(({ envelope }) => startsLike(envelope?.headerStart, line.text));
  const isLabels = formats.some(({ name }) => name === firstCell(line));
  if (isLabels || timestamp.test(line.text)) throw missing(line, 'no line of serial numbers');
  if (line.terminated && !line.overlong) return line;
  if (isMarker || serialNumbers.test(line.text)) throw missing(line, 'cut off in the first line');
  throw new HeaderProblem('METER_FILE_FORMAT_UNKNOWN', `line ${line.number}: no line of a meter file`);
}

/**
 * Why the line after the serial numbers does not open a known format: it is missing or cut off, rows begin
 * where it should be, or it names another format.
 */
export function refuseUnknownFormat(serials: HeaderLine, line: HeaderLine | null): HeaderProblem {
  if (line === null && serialNumbers.test(serials.text)) {
    return new HeaderProblem('METER_FILE_HEADER_MISSING', 'the file ends before the line of channel names');
  }
  if (line === null) {
    return new HeaderProblem('METER_FILE_FORMAT_UNKNOWN', `line ${serials.number}: no line of a meter file`);
  }
  const name = firstCell(line);
  const known = formats.some((format) => format.name === name || startsLike(format.name, line.text));
  if (!line.terminated && known) return missing(line, 'cut off in the channel names');
  if (timestamp.test(line.text)) return missing(line, 'no line of channel names');
  return new HeaderProblem('METER_FILE_FORMAT_UNKNOWN', `line ${line.number}: ${quote(name)}`);
}

/** True when `text` is a beginning of `whole`: the file was cut inside it. */
function startsLike(whole: string | undefined, text: string): boolean {
  return text !== '' && whole !== undefined && whole.startsWith(text);
}

function firstCell(line: HeaderLine): string {
  return line.text.split('\t', 1)[0] ?? '';
}

function missing(line: HeaderLine, message: string): HeaderProblem {
  return new HeaderProblem('METER_FILE_HEADER_MISSING', `line ${line.number}: ${message}`);
}
