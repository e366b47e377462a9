import type { CsvDialect } from '#libs/contracts';
import { limits } from '../limits.js';
import type { SourceLine } from '../row-problems.js';

/** One line of a table, without its line break. */
export class CsvLine implements SourceLine {
  constructor(
    private readonly content: string,
    /** 1-based. */
    readonly lineNumber: number,
    /** False for what follows the last line break of the file: it was cut off. */
    readonly terminated: boolean,
    /** It was too long to be kept. */
    readonly overlong: boolean,
  ) {}

  text(): string {
    return this.content;
  }

  isBlank(): boolean {
    return !this.overlong && /^ *$/.test(this.content);
  }
}

const lineBreak = /\r\n|\n|\r/;

/**
 * Cuts a table into lines, chunk by chunk. A line break ends a line wherever it stands, in quotes too: a quote that is opened by
 * mistake must not swallow other rows.
 */
export class CsvLines {
  private readonly decoder;
  /** Of the line that is not ended yet. */
  private parts: string[] = [];
  private length = 0;
  private isOverlong = false;
  private count = 0;

  constructor({ encoding }: Pick<CsvDialect, 'encoding'>) {
    this.decoder = new TextDecoder(encoding);
  }

  /** The chunk may be reused afterwards. */
  push(chunk: Uint8Array): CsvLine[] {
    return this.cut(this.decoder.decode(chunk, { stream: true }));
  }

  /** What is left when the file has ended. */
  finish(): CsvLine[] {
    const lines = this.cut(this.decoder.decode());
    const rest = this.parts.join('');
    if (rest === '' && !this.isOverlong) return lines;
    // The half of a line break that was waited for is one of its own.
    const isBreak = rest.endsWith('\r');
    return [...lines, this.line(isBreak ? rest.slice(0, -1) : rest, isBreak)];
  }

  private cut(text: string): CsvLine[] {
    const last = this.parts.at(-1) ?? '';
    // It may be the first half of a line break.
    const waits = last.endsWith('\r');
    if (waits) this.parts.pop();
    const pieces = (waits ? last + text : text).split(lineBreak);
    let rest = pieces.pop() ?? '';
    if (rest === '' && text.endsWith('\r')) rest = `${pieces.pop() ?? ''}\r`;
    const lines = pieces.map((piece, index) => {
      const whole = index === 0 ? this.parts.join('') + piece : piece;
      if (index === 0) this.parts = [];
      return this.line(whole, true);
    });
    this.keep(rest, waits && lines.length === 0 ? last.length : 0);
    return lines;
  }

  /** @param counted characters of it that were kept before */
  private keep(rest: string, counted: number): void {
    if (rest === '') return;
    this.length += rest.length - counted;
    if (this.length > limits.lineBytes) this.isOverlong = true;
    this.parts = this.isOverlong ? (rest.endsWith('\r') ? ['\r'] : []) : [...this.parts, rest];
  }

  private line(content: string, terminated: boolean): CsvLine {
    const isOverlong = this.isOverlong || content.length > limits.lineBytes;
    this.parts = [];
    this.length = 0;
    this.isOverlong = false;
    this.count += 1;
    return new CsvLine(isOverlong ? '' : content, this.count, terminated, isOverlong);
  }
}
