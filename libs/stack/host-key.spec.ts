import { describe, expect, it } from 'vitest';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { sshHostKey } from './host-key.js';

const seed = Buffer.alloc(32, 7).toString('base64url');

describe('the host key of the SFTP server', () => {
  it('follows from its seed, and is another one for another seed', () => {
    expect(sshHostKey(seed)).toEqual(sshHostKey(seed));
    const other = sshHostKey(Buffer.alloc(32, 8).toString('base64url'));
    expect(other.fingerprint).not.toBe(sshHostKey(seed).fingerprint);
  });

  it('has the fingerprint that OpenSSH and SFTPGo give it', () => {
    // As `ssh-keyscan | ssh-keygen -lf -` printed it of SFTPGo 2.7.5 with this key.
    expect(sshHostKey(seed).fingerprint).toBe('SHA256:z/fSv0Z0RZS+Lccbc6ZoOWwt/fbj1VFJGSBKQbo4icE');
  });

  it('is a private key that signs', () => {
    const { pem } = sshHostKey(seed);
    const signature = sign(null, Buffer.from('session'), createPrivateKey(pem));
    expect(verify(null, Buffer.from('session'), createPublicKey(pem), signature)).toBe(true);
  });

  it('is refused where the seed is none', () => {
    expect(() => sshHostKey('short')).toThrow('sftp/.env HOST_KEY_SEED: must be 32 bytes as base64url');
  });
});
