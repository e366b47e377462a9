import { CARRIAGE_RETURN, LINE_FEED, SPACE } from './ascii.js';
import { decodeHeaderLine } from './header-text.js';
import { limits } from './limits.js';

const nothing = new Uint8Array(0);

/**
 * Cuts a stream of chunks into lines without copying them: after `next()` returned true, the line is
 * `bytes[start … end)`, its line break excluded. Only a line that straddles two chunks is copied.
 * `bytes[end]` always exists while `terminated` is true, so parsers may use the line break as a sentinel.
 */
export class LineScanner {
  bytes: Uint8Array = nothing;
  start = 0;
  end = 0;
  /** 1-based, blank lines counted. */
  lineNumber = 0;
  /** False for what follows the last line feed of the file: a line that was cut off. */
  terminated = true;
  /** True for a line over the limit; its bytes were dropped and `start === end`. */
  overlong = false;

  private chunk: Uint8Array = nothing;
  private position = 0;
  private carry: Uint8Array = nothing;
  private carried = 0;
  private skipping = false;

  /** The chunk is read by the following calls of `next()`; it may be reused once `next()` returned false. */
  push(chunk: Uint8Array): void {
    this.chunk = chunk;
    this.position = 0;
  }

  /** Moves to the next whole line; false when the rest of the chunk holds none (the rest is kept). */
  next(): boolean {
    const { chunk, position } = this;
    const feed = chunk.indexOf(LINE_FEED, position);
    if (feed === -1) {
      this.keep(chunk, position, chunk.length);
      this.position = chunk.length;
      return false;
    }
    this.position = feed + 1;
    this.lineNumber += 1;
    if (this.carried > 0 || this.skipping) this.completeCarried(chunk, position, feed);
    else if (feed - position > limits.lineBytes) this.markOverlong();
    else this.show(chunk, position, feed);
    return true;
  }

  /** After the last chunk: true when bytes without a line feed remain. */
  finish(): boolean {
    if (this.carried === 0 && !this.skipping) return false;
    this.lineNumber += 1;
    this.terminated = false;
    if (this.skipping) this.markOverlong();
    else this.show(this.carry, 0, this.carried);
    this.carried = 0;
    this.skipping = false;
    return true;
  }

  /** Nothing but spaces; such lines are ignored. */
  isBlank(): boolean {
    if (this.overlong) return false;
    for (let at = this.start; at < this.end; at += 1) if (this.bytes[at] !== SPACE) return false;
    return true;
  }

  /** What the line says, for people; empty when it was too long to be kept. */
  text(): string {
    return decodeHeaderLine(this.bytes.subarray(this.start, this.end));
  }

  equals(text: string): boolean {
    if (this.end - this.start !== text.length) return false;
    for (let at = 0; at < text.length; at += 1) {
      if (this.bytes[this.start + at] !== text.charCodeAt(at)) return false;
    }
    return true;
  }

  private completeCarried(chunk: Uint8Array, from: number, feed: number): void {
    this.keep(chunk, from, feed + 1);
    if (this.skipping) this.markOverlong();
    else this.show(this.carry, 0, this.carried - 1);
    this.carried = 0;
    this.skipping = false;
  }

  private show(bytes: Uint8Array, start: number, feed: number): void {
    this.overlong = false;
    this.bytes = bytes;
    this.start = start;
    this.end = feed > start && bytes[feed - 1] === CARRIAGE_RETURN ? feed - 1 : feed;
  }

  private markOverlong(): void {
    this.overlong = true;
    this.bytes = nothing;
    this.start = 0;
    this.end = 0;
  }

  private keep(chunk: Uint8Array, from: number, to: number): void {
    const needed = this.carried + to - from;
    if (this.skipping || needed === 0) return;
    if (needed > limits.lineBytes + 1) {
      this.skipping = true;
      this.carry = nothing;
      return;
    }
    if (needed > this.carry.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.carry.length, 1024));
      grown.set(this.carry.subarray(0, this.carried));
      this.carry = grown;
    }
    this.carry.set(chunk.subarray(from, to), this.carried);
    this.carried = needed;
  }
}
