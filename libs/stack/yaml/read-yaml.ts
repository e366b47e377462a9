import { parse } from 'yaml';
import { isPlain, isPlainKey } from './plain.js';
import { remembered } from './remembered.js';

/**
 * Reads YAML. What is in plain block style, one `key: scalar` or `- scalar` a line, takes a tenth of the time that the
 * library `yaml` needs; anything else, and anything in doubt, is left to the library.
 * @throws what the library throws for text that is not YAML
 */
export function readYaml(text: string): unknown {
  try {
    return readPlainYaml(text);
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    return parse(text, { logLevel: 'error' });
  }
}

/** Reads YAML in plain block style. @throws for anything else, be it YAML or not */
export function readPlainYaml(text: string): unknown {
  return new BlockReader(text).read();
}

/** The text is more than plain blocks, or no YAML at all. */
class NotPlain extends Error {}

interface Line {
  indent: number;
  /** What follows the indentation. */
  text: string;
}

class BlockReader {
  readonly #lines: Line[];
  #at = 0;

  constructor(text: string) {
    if (/[\t\r\u0085\u2028\u2029]|^(?:---|\.\.\.|%)/m.test(text)) throw new NotPlain();
    this.#lines = text
      .split('\n')
      .filter((line) => !/^ *(?:#|$)/.test(line))
      .map((line) => {
        const content = line.trimStart();
        return { indent: line.length - content.length, text: content };
      });
  }

  read(): unknown {
    const value = this.#block(0);
    if (this.#at < this.#lines.length) throw new NotPlain();
    return value;
  }

  /** The mapping or list whose lines have this indentation. */
  #block(indent: number): unknown {
    const line = this.#lines[this.#at];
    if (line?.indent !== indent) throw new NotPlain();
    return line.text.startsWith('- ') ? this.#list(indent) : this.#mapping(indent);
  }

  #mapping(indent: number): Record<string, unknown> {
    const entries: Record<string, unknown> = {};
    for (let line = this.#lineAt(indent); line !== undefined; line = this.#lineAt(indent)) {
      const found = /^((?![-?] )[\w./-]+):(?: (.*))?$/.exec(line.text);
      if (found?.[1] === undefined) throw new NotPlain();
      const key = isPlainKey(found[1]) ? found[1] : keyOf(found[1]);
      // Twice the same is an error that the library words.
      if (Object.hasOwn(entries, key) || key === '__proto__') throw new NotPlain();
      this.#at += 1;
      entries[key] = this.#value(found[2], indent);
    }
    return entries;
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    for (let line = this.#lineAt(indent); line !== undefined; line = this.#lineAt(indent)) {
      if (!line.text.startsWith('- ')) throw new NotPlain();
      const content = line.text.slice(2);
      const inner = content.trimStart();
      if (/^(?:[\w./-]+:(?: |$)|- )/.test(inner)) {
        // A block beside the dash: as if the dash were a blank.
        this.#lines[this.#at] = { indent: indent + 2 + content.length - inner.length, text: inner };
        items.push(this.#block(indent + 2 + content.length - inner.length));
      } else {
        this.#at += 1;
        items.push(this.#value(content, indent));
      }
    }
    return items;
  }

  #lineAt(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    return line?.indent === indent ? line : undefined;
  }

  /** A scalar, or the block that is further in. */
  #value(text: string | undefined, indent: number): unknown {
    const next = this.#lines[this.#at];
    const isFurtherIn = next !== undefined && next.indent > indent;
    if (text === undefined || text === '') {
      if (!isFurtherIn) throw new NotPlain();
      return this.#block(next.indent);
    }
    // A scalar over several lines.
    if (isFurtherIn) throw new NotPlain();
    if (isPlain(text)) return text;
    const { value } = scalarOf(text);
    return Array.isArray(value) ? [] : typeof value === 'object' && value !== null ? {} : value;
  }
}

const keyOf = remembered((text: string): string => {
  const [key] = Object.keys(parse(`${text}: 0`) as object);
  if (key === undefined) throw new NotPlain();
  return key;
});

const scalarOf = remembered((text: string): { value: unknown } => {
  if (text === '{}' || text === '[]') return { value: text === '{}' ? {} : [] };
  if (/^[|>&*!{[%@`#]|^[-?](?: |$)/.test(text)) throw new NotPlain();
  let value: unknown;
  try {
    value = parse(text, { logLevel: 'error' });
  } catch {
    throw new NotPlain();
  }
  // `a: b` beside a key is no mapping there, but an error that the library words.
  if (typeof value === 'object') throw new NotPlain();
  return { value };
});
