import { CodedError } from '#libs/errors';

/** A variable of an `.env` file, and the lines (from 1, inclusive) on which it stands. */
export interface EnvEntry {
  name: string;
  value: string;
  firstLine: number;
  lastLine: number;
}

/**
 * Reads `.env` in the dialect of Docker Compose: comments, `export`, plain, 'single' and "double" quoted values, the
 * latter two over several lines too. The last of several values of a name holds.
 * References to other variables are refused: only Compose knows what it would put there.
 * @throws CodedError SPEC_INVALID naming lines and variables, never values
 */
export function parseEnvFile(text: string): EnvEntry[] {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const entries: EnvEntry[] = [];
  let offset = 0;
  let line = 1;
  while (offset < source.length) {
    const { length, name, raw } = nextStatement(source.slice(offset), line);
    const statement = source.slice(offset, offset + length);
    const breaks = statement.split('\n').length - 1;
    const lastLine = line + Math.max(0, breaks - (statement.endsWith('\n') ? 1 : 0));
    if (name !== undefined)
      entries.push({ name, value: readValue(raw, name, line), firstLine: line, lastLine });
    offset += length;
    line += breaks;
  }
  return entries;
}

/** `NAME` to value; the last of several holds. */
export function envValues(entries: readonly EnvEntry[]): Map<string, string> {
  return new Map(entries.map(({ name, value }) => [name, value]));
}

/**
 * `value` as it stands after `NAME=`, quoted where Compose would read it otherwise.
 * @throws RangeError for a NUL, which no environment variable can hold
 */
export function envLiteral(value: string): string {
  if (value.includes('\0')) throw new RangeError('an environment variable cannot hold a NUL character');
  if (/^[\w./:@%+,=-]*$/.test(value)) return value;
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('$', '$$$$')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}

interface Statement {
  length: number;
  name?: string;
  raw: string;
}

const blank = /^[ \t]*(#[^\n]*)?(\n|$)/;
const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?!['"])[^\n]*)[ \t]*(?:[ \t]#[^\n]*)?(?:\n|$)/s;

/** One comment, empty line or assignment. Its length counts the line break that ends it. */
function nextStatement(source: string, line: number): Statement {
  const empty = blank.exec(source);
  if (empty !== null) return { length: empty[0].length, raw: '' };
  const found = assignment.exec(source);
  if (found?.[1] === undefined || found[2] === undefined) {
    throw new CodedError('SPEC_INVALID', {
      detail: '.env cannot be read',
      problems: [{ path: `.env line ${line}`, message: 'is not NAME=value, or its quote is not closed' }],
    });
  }
  return { length: found[0].length, name: found[1], raw: found[2] };
}

function readValue(raw: string, name: string, line: number): string {
  if (raw.startsWith("'")) return raw.slice(1, -1).replaceAll(String.raw`\'`, "'");
  const text = raw.startsWith('"') ? unescape(raw.slice(1, -1)) : withoutComment(raw);
  return text.replaceAll(/\$(.?)/gs, (_, next: string) => {
    if (next === '$') return '$';
    throw new CodedError('SPEC_INVALID', {
      detail: '.env cannot be read',
      problems: [
        {
          path: `.env line ${line}`,
          message: `${name} refers to another variable; write a dollar sign as $$, or the value in single quotes`,
        },
      ],
    });
  });
}

const escapes: Record<string, string> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The escapes Compose knows in double quotes. `\$` becomes `$$`, which the next step reads as one dollar sign. */
function unescape(text: string): string {
  return text.replaceAll(/\\(["abcfnrtv$\\])/g, (_, character: string) =>
    character === '$' ? '$$' : (escapes[character] ?? character),
  );
}

function withoutComment(raw: string): string {
  return raw.replace(/(^|[ \t])#.*$/, '').trim();
}
