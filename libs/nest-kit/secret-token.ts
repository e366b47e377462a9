import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const shape = /^([a-z][a-z0-9_-]*)_[0-9A-Za-z]{43}_([0-9a-f]{8})$/;

/** `<kind>_<32 random bytes, base62>_<crc>`: recognisable by secret scanners, and a typing error by its CRC. */
export function createSecretToken(kind: string): string {
  const body = `${kind}_${base62(randomBytes(32))}`;
  return `${body}_${checksum(body)}`;
}

/** What the token begins with; undefined for what cannot be a token at all, so that it costs no look-up. */
export function secretTokenKind(token: string): string | undefined {
  const [, kind, crc] = shape.exec(token) ?? [];
  return crc === checksum(token.slice(0, token.lastIndexOf('_'))) ? kind : undefined;
}

/** What is stored of a token. A random 256-bit secret needs no slow hash. */
export function hashSecretToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** What is shown of a token in lists: its kind and four of the 43 random characters. */
export function secretTokenPrefix(token: string): string {
  return token.slice(0, token.lastIndexOf('_', token.lastIndexOf('_') - 1) + 5);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function base62(bytes: Buffer): string {
  let number = BigInt(`0x${bytes.toString('hex')}`);
  let digits = '';
  while (number > 0n) {
    digits = `${alphabet[Number(number % 62n)]}${digits}`;
    number /= 62n;
  }
  return digits.padStart(43, '0');
}
