import { labelChannels } from './channel-labels.js';
import { FormatProblem, type Envelope, type FormatDefinition } from './format.js';
import { formats, type MeterFormat } from './format-registry.js';
import { refuseOpening, refuseUnknownFormat } from './header-detection.js';
import { readMetadata, type Metadata } from './header-metadata.js';
import { nextLine, type HeaderLine, type HeaderSteps } from './header-steps.js';
import { quote } from './header-text.js';
import type { MeterFileHeader } from './header.js';
import { limits } from './limits.js';
import { HeaderProblem } from './refusal.js';
import { canonicalTimeZone } from './zone-segments.js';

/** A header and what follows from it for the rows. */
export interface ParsedHeader {
  header: MeterFileHeader;
  /** The line that ends the rows; null when the format has none. */
  endMarker: string | null;
}

const serialNumber = /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/u;
const unstorable = /\p{Cc}/u;

/**
 * Reads the header: a coroutine that takes one non-blank line at a time and returns after the last one.
 * Throws HeaderProblem.
 */
export function* parseHeader(): HeaderSteps<ParsedHeader> {
  const first = yield;
  const envelope = openingEnvelope(first);
  if (envelope === null) {
    const serials = refuseOpening(first);
    return assemble(serials, yield, null, null);
  }
  const metadata = yield* readMetadata(envelope);
  const serials = yield* nextLine('the line of serial numbers');
  return assemble(serials, yield, envelope, metadata);
}

function openingEnvelope(line: HeaderLine | null): Envelope | null {
  if (line === null || !line.terminated) return null;
  const format = formats.find(({ envelope }) => envelope?.headerStart === line.text);
  return format?.envelope ?? null;
}

function assemble(
  serials: HeaderLine,
  labels: HeaderLine | null,
  envelope: Envelope | null,
  metadata: Metadata | null,
): ParsedHeader {
  const format = formats.find(({ name }) => name === labels?.text.split('\t', 1)[0]);
  if (labels === null || format === undefined || !labels.terminated)
    throw refuseUnknownFormat(serials, labels);
  checkEnvelope(format, envelope, labels);
  const [masterSerial, ...channelSerials] = serialNumbers(serials);
  const cells = channelCells(labels);
  if (masterSerial === undefined || channelSerials.length !== cells.length) {
    throw invalid(
      labels,
      `${cells.length + 1} columns, but line ${serials.number} has ${channelSerials.length + 1}`,
    );
  }
  const { timeZone, masterType } = interpret(format, metadata, serials);
  const header: MeterFileHeader = {
    format: format.name,
    masterSerial,
    channels: labelChannels(masterSerial, channelSerials, cells, masterType),
    metadata: metadata?.values ?? {},
    timeZone,
  };
  return { header, endMarker: envelope?.dataEnd ?? null };
}

function checkEnvelope(
  format: FormatDefinition<MeterFormat>,
  envelope: Envelope | null,
  labels: HeaderLine,
): void {
  if (format.envelope !== null && envelope === null) {
    const missing = `a ${format.name} file begins with ${format.envelope.headerStart}`;
    throw new HeaderProblem('METER_FILE_HEADER_MISSING', `line ${labels.number}: ${missing}`);
  }
  if (format.envelope === null && envelope !== null) {
    throw invalid(labels, `a ${format.name} file has no ${envelope.headerStart}`);
  }
}

function serialNumbers(line: HeaderLine): string[] {
  const cells = line.text.split('\t', limits.columns + 1);
  checkColumns(line, cells.length);
  const wrong = cells.findIndex((cell) => !serialNumber.test(cell));
  if (wrong !== -1) {
    throw invalid(line, `column ${wrong + 1} is not a serial number: ${quote(cells[wrong] ?? '')}`);
  }
  return cells;
}

function channelCells(line: HeaderLine): string[] {
  const cells = line.text.split('\t', limits.columns + 1);
  checkColumns(line, cells.length);
  const wrong = cells.findIndex((cell) => cell.length > limits.cellCharacters || unstorable.test(cell));
  if (wrong !== -1) {
    throw invalid(line, `column ${wrong + 1} is not a channel name: ${quote(cells[wrong] ?? '')}`);
  }
  return cells.slice(1);
}

function checkColumns(line: HeaderLine, columns: number): void {
  if (line.overlong || columns > limits.columns) throw invalid(line, `more than ${limits.columns} columns`);
  if (columns < 2) throw invalid(line, 'no channel');
}

function interpret(
  format: FormatDefinition<MeterFormat>,
  metadata: Metadata | null,
  serials: HeaderLine,
): ReturnType<FormatDefinition['interpret']> {
  const line = { number: metadata?.line ?? serials.number };
  try {
    const facts = format.interpret(metadata?.values ?? {});
    const timeZone = canonicalTimeZone(facts.timeZone);
    if (timeZone === null) throw new FormatProblem(`unknown time zone ${quote(facts.timeZone)}`);
    return { ...facts, timeZone };
  } catch (error) {
    if (error instanceof FormatProblem) throw invalid(line, error.message);
    throw error;
  }
}

function invalid(line: { number: number }, message: string): HeaderProblem {
  return new HeaderProblem('METER_FILE_HEADER_INVALID', `line ${line.number}: ${message}`);
}
