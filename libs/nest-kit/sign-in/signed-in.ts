import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import type { Account } from './account.entity.js';

/** Who makes the request, on a route that is not public. */
export function signedIn({ account }: FastifyRequest): Account {
  if (account === undefined) throw new CodedError('SIGN_IN_REQUIRED');
  return account;
}
