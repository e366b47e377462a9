import { stringify } from 'yaml';
import { isPlain, isPlainKey } from './plain.js';
import { remembered } from './remembered.js';

/**
 * `value`, a tree of mappings, lists and scalars, as YAML in block style without a line break at its end.
 * What the library `yaml` gives, letter for letter, at a fraction of its time: a fleet has a thousand such files.
 */
export function writeYaml(value: unknown): string {
  return isBlock(value) ? blockLines(value, '').join('\n') : scalarText(value);
}

type Block = Record<string, unknown> | unknown[];

/** Empty ones are written in flow style, `{}` and `[]`. */
function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function blockLines(block: Block, indent: string): string[] {
  return Array.isArray(block)
    ? block.flatMap((item) => itemLines(item, indent))
    : Object.entries(block).flatMap(([key, value]) => {
        const head = `${indent}${keyText(key)}:`;
        if (isBlock(value)) return [head, ...blockLines(value, `${indent}  `)];
        return value === undefined ? [] : [`${head} ${scalarText(value)}`];
      });
}

/** The first line of a nested block stands beside the dash. */
function itemLines(item: unknown, indent: string): string[] {
  if (!isBlock(item)) return [`${indent}- ${scalarText(item)}`];
  const [first = '', ...rest] = blockLines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

const quotedKey = remembered((key: string) => stringify({ [key]: 0 }, style).slice(0, -': 0\n'.length));
const quoted = remembered((text: string) => stringify(text, style).slice(0, -1));

function keyText(key: string): string {
  return isPlainKey(key) ? key : quotedKey(key);
}

function scalarText(value: unknown): string {
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string') return stringify(value, style).slice(0, -1);
  return isPlain(value) ? value : quoted(value);
}

/** Quoted as YAML 1.1 needs it, so that `yes` and `1:30` stay text for every reader; one line for every string. */
const style = {
  version: '1.1',
  lineWidth: 0,
  blockQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;
