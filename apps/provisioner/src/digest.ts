import { createHash } from 'node:crypto';

/** SHA-256 of the texts one after the other, in hexadecimal digits. Where one ends and the next begins counts. */
export function digest(...texts: string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}
