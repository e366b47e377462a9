import { createHash, timingSafeEqual } from 'node:crypto';

/** What the server must show: a fingerprint as `ssh-keygen -l` prints it, or a public key as it stands in `known_hosts`. */
export interface PinnedKey {
  /** Raw SHA-256 of the key. */
  digest: Buffer;
  /** Of a public key: the algorithms that the server is asked for, so that it shows this one of its keys. */
  algorithms?: string[];
}

const fingerprintPattern = /^SHA256:([A-Za-z0-9+/]{43})=?$/;
const keyPattern = /^(?:(ssh-\S+|ecdsa-sha2-\S+)\s+)?([A-Za-z0-9+/]{40,}={0,2})(?:\s.*)?$/;

/** @returns undefined for what is neither a fingerprint nor a public key */
export function readPinnedKey(text: string): PinnedKey | undefined {
  const fingerprint = fingerprintPattern.exec(text.trim());
  if (fingerprint !== null) return { digest: Buffer.from(fingerprint[1] ?? '', 'base64') };
  const [, , encoded] = keyPattern.exec(text.trim()) ?? [];
  if (encoded === undefined) return undefined;
  const key = Buffer.from(encoded, 'base64');
  const type = keyType(key);
  if (type === undefined) return undefined;
  return { digest: digestOf(key), algorithms: type === 'ssh-rsa' ? rsaAlgorithms : [type] };
}

/** An RSA key signs by any of these. */
const rsaAlgorithms = ['rsa-sha2-512', 'rsa-sha2-256'];

export function matches(pinned: PinnedKey, key: Buffer): boolean {
  return timingSafeEqual(pinned.digest, digestOf(key));
}

/** As `ssh-keygen -l` prints it: `SHA256:…`, and what kind of key it is. */
export function describeKey(key: Buffer): string {
  const fingerprint = `SHA256:${digestOf(key).toString('base64').replace(/=+$/, '')}`;
  return `${fingerprint} (${keyType(key) ?? 'unknown kind'})`;
}

function digestOf(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest();
}

/** A key begins with its type: four bytes of length, then the name. */
function keyType(key: Buffer): string | undefined {
  if (key.length < 8) return undefined;
  const length = key.readUInt32BE(0);
  const type = key.subarray(4, 4 + length).toString('latin1');
  return /^[a-z0-9@.-]{4,64}$/.test(type) && type.length === length ? type : undefined;
}
