import { z } from 'zod';

const message =
  'must be a public key as it stands in a .pub file: ssh-ed25519, ecdsa-sha2-nistp256/384/521 or ssh-rsa, one line';

/** A user's public key in OpenSSH's notation. */
export const sshPublicKey = z.string(message).refine(isPublicKey, message);

function isPublicKey(line: string): boolean {
  const found =
    /^(ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) ([A-Za-z0-9+/]{40,4000}={0,2})( [ -~]{0,200})?$/.exec(
      line,
    );
  if (found === null) return false;
  const [, type = '', base64 = ''] = found;
  const bytes = Buffer.from(base64, 'base64');
  // The type stands once more inside: a key that was cut or pasted together does not have it.
  return bytes.readUInt32BE(0) === type.length && bytes.toString('latin1', 4, 4 + type.length) === type;
}
