import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import type { Account } from './account.entity.js';
import { publicRoute } from './public.decorator.js';
import { SignInService } from './sign-in.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set on every route that is not `@Public()`, unless an API token opened it. */
    account?: Account;
  }
}

/** Lets a request pass when it has a session of an existing account, a token opened the route, or it is `@Public()`. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignInService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const open = this.reflector.getAllAndOverride<boolean>(publicRoute, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (open) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.apiToken !== undefined) return true;
    const { accountId } = request.session;
    const account = accountId === undefined ? undefined : await this.signIn.findAccount(accountId);
    if (account === undefined) throw new CodedError('SIGN_IN_REQUIRED');
    request.account = account;
    return true;
  }
}
