import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readYaml } from './read-yaml.js';
import { writeYaml } from './write-yaml.js';

const style = {
  version: '1.1',
  lineWidth: 0,
  blockQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

const hard = [
  'yes',
  'NO',
  'null',
  '~',
  '',
  ' a',
  'a ',
  '1',
  '1.0',
  '1:30',
  '0x1f',
  '1e3',
  'a: b',
  'a #b',
  '#b',
  '- a',
  '-',
  '? a',
  '"',
  "'",
  "it's",
  '\\',
  'a\nb',
  '\n',
  'a\r\nb',
  '\t',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%',
  '@',
  '`',
  '{}',
  '[]',
  '{a',
  '[a',
  ',',
  '${A}',
  '$$',
  'é€😀',
  '\u0085',
  '\u2028',
  '<<',
  '=',
  '2026-01-01',
  'Host(`a`) && !PathPrefix(`/b`)',
  'a:',
  ':',
  ':a',
  '__proto__',
  'a\u0000b',
];

/** A tree of such scalars; the same for the same seed. */
function tree(seed: number, depth = 0): unknown {
  let state = seed * 7919 + depth;
  const next = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
  const kind = depth > 3 ? 0 : next(4);
  if (kind === 0) return [1, 0.5, true, false, null][next(5)];
  if (kind === 1) return hard[next(hard.length)];
  const children = Array.from({ length: next(4) }, (_, index) =>
    tree(seed * 31 + index + next(1000), depth + 1),
  );
  if (kind === 2) return children;
  return Object.fromEntries(
    children.map((child, index) => [
      index % 2 === 0 ? `key.${index}` : (hard[next(hard.length)] ?? ''),
      child,
    ]),
  );
}

const trees = Array.from({ length: 400 }, (_, seed) => tree(seed + 1));

describe('YAML as it is written', () => {
  it('is what the library writes', () => {
    for (const value of [...trees, ...hard])
      expect(writeYaml(value)).toBe(stringify(value, style).slice(0, -1));
  });

  it('is what the library writes of a thousand texts of letters and signs', () => {
    const letters = 'aZyno0./:()`&!|,@+=- #\'"';
    let state = 1;
    const next = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * most);
    };
    for (let turn = 0; turn < 3_000; turn++) {
      const text = Array.from({ length: 1 + next(5) }, () => letters[next(letters.length)]).join('');
      if (text === '...' || text === '---') continue;
      const value = { [text]: text };
      const written = stringify(value, style);
      expect(`${writeYaml(value)}\n`).toBe(written);
      expect(readYaml(written)).toEqual(value);
      const loose = `key: ${text}\n`;
      const read = (reader: (text: string) => unknown) => {
        try {
          return reader(loose);
        } catch {
          return 'refused';
        }
      };
      expect(read(readYaml), loose).toEqual(read((given) => parse(given, { logLevel: 'error' })));
    }
  });

  it.each(['---', '...'])('quotes what parts documents (%s)', (text) => {
    expect(writeYaml([text])).toBe(`- "${text}"`);
  });
});

describe('YAML as it is read', () => {
  it('is what the library reads of what was written', () => {
    for (const value of [...trees, ...hard]) {
      const text = stringify({ value }, style);
      expect(readYaml(text), text).toEqual(parse(text));
    }
  });

  it.each(['minimal', 'full'])('is what the library reads of a compose.yaml (%s)', (name) => {
    const text = readFileSync(path.join(import.meta.dirname, '../golden', name, 'compose.yaml'), 'utf8');
    expect(readYaml(text)).toEqual(parse(text));
  });

  it.each([
    'a: 1\nb:\n  c: 2 # why\n',
    'a: b: c\n',
    'a: 1\na: 2\n',
    'a:\n- 1\n- 2\n',
    'a:\n  - b: 1\n    c: 2\n  - - 1\n    - 2\n',
    'a: |\n  x\n  y\n',
    'a: "x\n  y"\n',
    'a: x\n  y\n',
    'a: &x 1\nb: *x\n',
    '<<: {a: 1}\n',
    '{a: 1}\n',
    '[1, 2]\n',
    '---\na: 1\n',
    'a: 1\n---\nb: 2\n',
    'a: !!str 1\n',
    'a: "x" y\n',
    'a:\n',
    '- \n',
    '-\n',
    '? a\n: b\n',
    '"a b": 1\n',
    "'x': 1\n",
    'a:1\n',
    'a: [1,\n  2]\n',
    'null: 1\n',
    '1e3: 1\n',
    'true: 1\n',
    'a: - b\n',
    ' a: 1\n',
    'a: 1\n b: 2\n',
    'a:\n  b: 1\n c: 2\n',
    '',
    '# no\n',
    "a: 'x''y'\n",
    'a: -1\nb: -x\n',
    '- -1\n- a:\n    b: 1\n',
    '- a: 1\n  b: 2\n',
    '-  a: 1\n   b: 2\n',
    '- a: 1\n b: 2\n',
    'a: ?x\n',
    'a:  1\n',
    'a: 1  \n',
    'a: "\\u0041"\n',
    'a: #c\n',
    'a: %x\n',
    'a: @x\n',
    'just text\n',
    'a: x #y\n# z\n',
    '__proto__: 1\n',
    'a: ...\n',
    '...\n',
  ])('is what the library reads of anything else: %j', (text) => {
    const read = (reader: (text: string) => unknown) => {
      try {
        return { value: reader(text) };
      } catch (error) {
        return { error: String(error) };
      }
    };
    expect(read(readYaml)).toEqual(read(parse));
  });
});
