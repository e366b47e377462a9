import { randomInt } from 'node:crypto';
import argon2 from 'argon2';
import { Secret } from '#libs/config';
import { CodedError } from '#libs/errors';
import { Bounded } from './bounded.js';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const parameters = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** Two at a time take 38 MiB and leave threads of libuv's pool to files and names; the others wait. */
const hashing = new Bounded(2);

/** Beyond this the wait is longer than anybody's patience (a hash takes some 30 ms): better to say so at once. */
const mostWaiting = 100;

/** Hash of a password that nobody has, so that an unknown e-mail costs the same time as a known one. */
let nobody: Promise<string> | undefined;

/** @throws CodedError TOO_MANY_ATTEMPTS when too many wait */
export function hashPassword(password: Secret): Promise<string> {
  return inTurn(() => argon2.hash(password.reveal(), parameters));
}

/**
 * @param hash undefined where there is no such account: the answer is then false, after the same work
 * @throws CodedError TOO_MANY_ATTEMPTS when too many wait
 */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  nobody ??= argon2.hash(crypto.randomUUID(), parameters);
  const nobodys = await nobody;
  const matches = await inTurn(() => argon2.verify(hash ?? nobodys, password));
  return matches && hash !== undefined;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (hashing.waiting >= mostWaiting) throw new CodedError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 2 });
  return hashing.run(work);
}

/** Without what is mistaken for something else when it is read out or typed: 0 O, 1 l I. */
const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password to be passed on and changed: four groups of four, 93 bits. */
export function temporaryPassword(): Secret {
  return new Secret(Array.from({ length: 4 }, randomGroup).join('-'));
}

function randomGroup(): string {
  return Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
}
