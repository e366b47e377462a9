import argon2 from 'argon2';
import type { Secret } from '#libs/config';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. libuv's thread pool bounds how many run at once. */
const parameters = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Hash of a password that nobody has, so that an unknown e-mail costs the same time as a known one. */
const nobody = argon2.hash(crypto.randomUUID(), parameters);

export function hashPassword(password: Secret): Promise<string> {
  return argon2.hash(password.reveal(), parameters);
}

/** @param hash undefined where there is no such account: the answer is then false, after the same work */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  const matches = await argon2.verify(hash ?? (await nobody), password);
  return matches && hash !== undefined;
}
