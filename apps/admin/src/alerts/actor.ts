import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';

/** Who does something, for the audit log. */
export interface Actor {
  account: string;
  requestId: string;
}

/** @throws CodedError SIGN_IN_REQUIRED */
export function actorOf(request: FastifyRequest): Actor {
  if (request.account === undefined) throw new CodedError('SIGN_IN_REQUIRED');
  return { account: request.account.email, requestId: request.id };
}
