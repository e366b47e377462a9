import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/** PostgreSQL's own default (`scram_iterations`). */
const iterations = 4_096;

/**
 * What PostgreSQL keeps of a password: its SCRAM-SHA-256 verifier (RFC 5802, 5803), made here. Given in place of the
 * password in `CREATE ROLE` or `ALTER ROLE`, it is stored as it is: neither the server nor its log sees the password.
 * @param password printable ASCII, of which SASLprep changes nothing
 * @param salt random unless a test needs a known one
 * @throws RangeError for other characters
 */
export async function scramVerifier(password: string, salt = randomBytes(16)): Promise<string> {
  if (!isPlain(password)) throw new RangeError('a password must be printable ASCII characters');
  const salted = await promisify(pbkdf2)(password, salt, iterations, 32, 'sha256');
  const storedKey = createHash('sha256').update(keyed(salted, 'Client Key')).digest('base64');
  const serverKey = keyed(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** Whether `scramVerifier` can be made of the password. */
export function isPlain(password: string): boolean {
  return /^[\x20-\x7E]+$/.test(password);
}

function keyed(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
