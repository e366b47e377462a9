import { describe, expect, it } from 'vitest';
import { describeKey, matches, readPinnedKey } from './host-key.js';

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl github.com';
const fingerprint = 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU';
const key = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');

describe('a pinned host key', () => {
  it.each([publicKey, publicKey.split(' ')[1] ?? '', fingerprint, `${fingerprint}=`, ` ${fingerprint}\n`])(
    'may be given as %j',
    (text) => {
      const pinned = readPinnedKey(text);
      if (pinned === undefined) throw new Error('it cannot be read');
      expect(matches(pinned, key)).toBe(true);
      expect(matches(pinned, Buffer.concat([key, Buffer.from([0])]))).toBe(false);
    },
  );

  it('asks for its own kind when it is a public key', () => {
    expect(readPinnedKey(publicKey)?.algorithms).toEqual(['ssh-ed25519']);
    expect(readPinnedKey(fingerprint)?.algorithms).toBeUndefined();
  });

  it.each([
    '',
    'SHA256:short',
    'MD5:16:27:ac:a5',
    'ssh-ed25519',
    'x'.repeat(60),
    `ssh-rsa ${'A'.repeat(80)}`,
  ])('is not %j', (text) => {
    expect(readPinnedKey(text)).toBeUndefined();
  });

  it('is described as ssh-keygen does', () => {
    expect(describeKey(key)).toBe(`${fingerprint} (ssh-ed25519)`);
    expect(describeKey(Buffer.from('nonsense'))).toMatch(/\(unknown kind\)$/);
  });
});
