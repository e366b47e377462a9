const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/**
 * Text of one header line. Meters write channel names as their installers typed them: UTF-8, or the
 * Windows code page when the bytes are not UTF-8. A byte order mark is dropped.
 */
export function decodeHeaderLine(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Text from a file, made fit for a message: printable, in quotes, at most 32 characters. */
export function quote(text: string): string {
  const printable = text.slice(0, 32).replaceAll(/\p{C}/gu, '�');
  return `"${printable}${text.length > 32 ? '…' : ''}"`;
}
