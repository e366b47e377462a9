import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { CodedError } from '#libs/errors';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const keyType = 'ssh-ed25519';

/** The key by which the host's SFTP server is known: it follows from a secret that is kept, so portals can pin it. */
export interface SshHostKey {
  /** Private, as PEM. */
  pem: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: string;
}

/**
 * @param seed 32 bytes as base64url
 * @throws CodedError HOST_SPEC_INVALID for a seed that is none
 */
export function sshHostKey(seed: string): SshHostKey {
  const bytes = Buffer.from(seed, 'base64url');
  if (bytes.length !== 32) {
    const message = 'must be 32 bytes as base64url; restore sftp/.env from a backup';
    throw new CodedError('HOST_SPEC_INVALID', { problems: [{ path: 'sftp/.env HOST_KEY_SEED', message }] });
  }
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, bytes]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const wire = Buffer.concat([sshString(Buffer.from(keyType)), sshString(Buffer.from(x, 'base64url'))]);
  const digest = createHash('sha256').update(wire).digest('base64').replace(/=+$/, '');
  return {
    pem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    fingerprint: `SHA256:${digest}`,
  };
}

/** Length and bytes, as SSH writes them (RFC 4251). */
function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
