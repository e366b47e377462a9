import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sshHostKey } from './host-key.js';

const seed = Buffer.alloc(32, 7).toString('base64url');

describe('the host key of the SFTP server', () => {
  it('follows from its seed, and is another one for another seed', () => {
    expect(sshHostKey(seed)).toEqual(sshHostKey(seed));
    const other = sshHostKey(Buffer.alloc(32, 8).toString('base64url'));
    expect(other.fingerprint).not.toBe(sshHostKey(seed).fingerprint);
  });

  it('has the fingerprint that OpenSSH gives it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wattfleet-key-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'key');
    const { pem, fingerprint } = sshHostKey(seed);
    writeFileSync(file, pem, { mode: 0o600 });
    // OpenSSH reads its own format of Ed25519 alone: it is asked for the public half as OpenSSL writes it.
    const publicPem = execFileSync('openssl', ['pkey', '-in', file, '-pubout']);
    const der = Buffer.from(publicPem.toString().replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    const type = Buffer.from('0000000b7373682d6564323535313900000020', 'hex');
    const line = Buffer.concat([type, der.subarray(-32)]).toString('base64');
    writeFileSync(`${file}.pub`, `ssh-ed25519 ${line} host\n`);
    const told = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`]).toString();
    expect(told).toContain(fingerprint);
  });

  it('is refused where the seed is none', () => {
    expect(() => sshHostKey('short')).toThrow('sftp/.env HOST_KEY_SEED: must be 32 bytes as base64url');
  });
});
