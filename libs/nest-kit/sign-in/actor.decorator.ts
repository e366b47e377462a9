import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import type { Account } from './account.entity.js';

/** Who does what is recorded, and in which request. */
export interface Actor {
  /** E-mail. */
  account: string;
  requestId: string;
}

type SignedInRequest = FastifyRequest & { account?: Account };

/** The signed-in account of the request, as the audit log wants it. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { account, id } = context.switchToHttp().getRequest<SignedInRequest>();
  if (account === undefined) throw new CodedError('SIGN_IN_REQUIRED');
  return { account: account.email, requestId: id };
});
