import type { Envelope } from './format.js';
import { nextLine, type HeaderLine, type HeaderSteps } from './header-steps.js';
import { limits } from './limits.js';
import { HeaderProblem } from './refusal.js';

/** The JSON object of a header and the line it begins on. */
export interface Metadata {
  values: Record<string, unknown>;
  line: number;
}

/** Reads the JSON lines of an envelope, and on to the line after which the serial numbers come. */
export function* readMetadata(envelope: Envelope): HeaderSteps<Metadata> {
  const lines: string[] = [];
  let characters = 0;
  let firstLine = 0;
  for (;;) {
    const line = yield* nextLine(`the line ${envelope.headerEnd}`);
    firstLine ||= line.number;
    if (line.text === envelope.headerEnd) break;
    characters += line.text.length;
    if (line.overlong || characters > limits.metadataCharacters) {
      throw invalid(line, `the JSON header is longer than ${limits.metadataCharacters} characters`);
    }
    lines.push(line.text);
  }
  const start = yield* nextLine(`the line ${envelope.dataStart}`);
  if (start.text !== envelope.dataStart) throw invalid(start, `expected ${envelope.dataStart}`);
  return { values: parseObject(lines.join('\n'), firstLine), line: firstLine };
}

function parseObject(json: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw invalid({ number: line }, 'the header is not valid JSON');
  }
  if (!isStorable(value, limits.metadataDepth)) {
    throw invalid(
      { number: line },
      'the JSON header is nested too deep or holds characters that are not text',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid({ number: line }, 'the header is not a JSON object');
  }
  return value as Record<string, unknown>;
}

/** PostgreSQL refuses NUL and lone surrogates, and a hostile depth would exhaust the stack of whoever prints it. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([key, part]) => isStorable(key, depth) && isStorable(part, depth - 1));
}

function invalid(line: Pick<HeaderLine, 'number'>, message: string): HeaderProblem {
  return new HeaderProblem('METER_FILE_HEADER_INVALID', `line ${line.number}: ${message}`);
}
