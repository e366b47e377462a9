import type { CsvDialect } from '#libs/contracts';

const utf16Mark = [0xff, 0xfe] as const;

/** By its byte order mark, else UTF-8 where the bytes are that, else the Windows code page. */
export function guessEncoding(head: Uint8Array): CsvDialect['encoding'] {
  if (head[0] === utf16Mark[0] && head[1] === utf16Mark[1]) return 'utf-16le';
  try {
    // As a stream: a character that is cut off at the end is no mistake.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Whether the beginning of a file can be a table at all: text, with a line break, and no NUL. */
export function looksLikeText(head: Uint8Array): boolean {
  const text = new TextDecoder(guessEncoding(head)).decode(head);
  // oxlint-disable-next-line no-control-regex
  return /[\r\n]/.test(text) && !/[\0-\x08\x0e-\x1f]/.test(text);
}
