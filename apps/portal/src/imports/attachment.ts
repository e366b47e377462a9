import path from 'node:path';

/** What Windows keeps for devices, whatever the ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const maxCharacters = 150;

/**
 * A name under which any system stores a file safely: no folders, no control characters, no hidden or reserved name. What it
 * had before stays recognisable.
 */
export function safeFileName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[/\\:*?"<>|]|\p{C}/gu, '_')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  const { name: stem, ext } = path.posix.parse(reserved.test(plain) ? `_${plain}` : plain);
  const ending = ext.slice(0, 20);
  return `${Array.from(stem).slice(0, maxCharacters).join('') || 'file'}${ending}`;
}

/** `Content-Disposition` (RFC 6266) that makes a browser store the answer under a safe name. */
export function attachment(name: string): string {
  const safe = safeFileName(name);
  const ascii = safe.replaceAll(/[^\x20-\x7e]|%/g, '_');
  const encoded = encodeURIComponent(safe).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
