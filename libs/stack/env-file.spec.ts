import { describe, expect, it } from 'vitest';
import { envLiteral, envValues, parseEnvFile } from './env-file.js';

const hostile = [
  '',
  'plain',
  'a b',
  ' lead and trail ',
  'a #b',
  '#',
  '$HOME',
  '${HOME:-x}',
  '$$',
  '\\',
  'ends in \\',
  '\\$x',
  '\\n is no line break',
  'two\nlines',
  'carriage\rreturn',
  '"double"',
  "'single'",
  '{{marker}}',
  '`id`',
  'é ☃ 😀',
  'A=1\nB=2',
  '"\nB="2',
];

describe('env file', () => {
  it.each(hostile)('writes and reads %j', (value) => {
    const entries = parseEnvFile(`BEFORE=1\nVALUE=${envLiteral(value)}\nAFTER=2\n`);
    expect(entries.map(({ name, value }) => [name, value])).toEqual([
      ['BEFORE', '1'],
      ['VALUE', value],
      ['AFTER', '2'],
    ]);
  });

  // What Docker Compose 2.26 makes of the same text; `env-file` and Compose were run side by side on it.
  it.each([
    ['plain # comment', 'plain'],
    ['a#b', 'a#b'],
    ['  spaced  ', 'spaced'],
    [String.raw`'sin$gle "x" # y' # comment`, 'sin$gle "x" # y'],
    [String.raw`'it\'s'`, "it's"],
    [String.raw`"dou\tble \"x\" $$y \$z"`, 'dou\tble "x" $y $z'],
    [String.raw`"a\qb"`, String.raw`a\qb`],
    [String.raw`a\nb`, String.raw`a\nb`],
    ["'multi\nline'", 'multi\nline'],
    ["x'y'z", "x'y'z"],
    ['', ''],
  ])('reads %j as Compose does', (raw, value) => {
    expect(envValues(parseEnvFile(`A=${raw}`)).get('A')).toBe(value);
  });

  it('reads comments, export, the colon, Windows line ends and a missing last line break', () => {
    const text = '\uFEFF# comment\r\n\r\nexport A=1\r\nB: 2\r\n  C = 3';
    expect([...envValues(parseEnvFile(text))]).toEqual([
      ['A', '1'],
      ['B', '2'],
      ['C', '3'],
    ]);
  });

  it('tells on which lines a variable stands', () => {
    expect(
      parseEnvFile('# a\nA="1\n2"\n\nB=3\n').map(({ firstLine, lastLine }) => [firstLine, lastLine]),
    ).toEqual([
      [2, 3],
      [5, 5],
    ]);
  });

  it('lets the last value of a name hold', () => {
    expect(envValues(parseEnvFile('A=1\nA=2\n')).get('A')).toBe('2');
  });

  it.each(['no assignment', 'A="open', "A='open\nB=2", 'A="x" y', '=1'])(
    'refuses %j by its line, without its text',
    (line) => {
      expect(() => parseEnvFile(`OK=1\n${line}`)).toThrow(/\.env line 2: is not NAME=value/);
      expect(() => parseEnvFile(`OK=1\n${line}`)).not.toThrow(line);
    },
  );

  it('refuses a reference to another variable, without its text', () => {
    expect(() => parseEnvFile('A=pass$word')).toThrow(/line 1: A refers to another variable/);
    expect(() => parseEnvFile('A=pass$word')).not.toThrow(/pass\$/);
  });

  it('refuses to write a NUL', () => {
    expect(() => envLiteral('\0')).toThrow(RangeError);
  });
});
