import { stringify } from 'yaml';

/**
 * `value`, a tree of mappings, lists and scalars, as YAML in block style without a line break at its end.
 * What the library `yaml` gives, letter for letter, at a twentieth of its time: a fleet has a thousand files of much
 * the same scalars, so each is quoted once.
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

const keyText = remembered((key: string) => stringify({ [key]: 0 }, style).slice(0, -': 0\n'.length));
const textOfString = remembered((text: string) => stringify(text, style).slice(0, -1));

function scalarText(value: unknown): string {
  return typeof value === 'string' ? textOfString(value) : stringify(value, style).slice(0, -1);
}

/** Quoted as YAML 1.1 needs it, so that `yes` and `1:30` stay text for every reader; one line for every string. */
const style = {
  version: '1.1',
  lineWidth: 0,
  blockQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** Of each value the answer that `work` gave before. Forgets all when it has many: a host may have many tenants. */
export function remembered<T>(work: (text: string) => T, most = 20_000): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= most) answers.clear();
    const answer = work(text);
    answers.set(text, answer);
    return answer;
  };
}
