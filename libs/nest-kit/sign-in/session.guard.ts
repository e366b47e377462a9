import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import type { Account } from './account.entity.js';
import { publicRoute } from './public.decorator.js';
import { Sessions } from './sessions.js';
import { temporaryPasswordRoute } from './with-temporary-password.decorator.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set on every route that is not `@Public()`, unless an API token opened it. */
    account?: Account;
  }
}

/** Lets a request pass when it has a session of an account that may sign in, a token opened the route, or it is `@Public()`. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.marked(context, publicRoute)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.apiToken !== undefined) return true;
    const { accountId, sessionId } = request.session;
    const session = accountId === undefined ? undefined : await this.sessions.find(sessionId);
    if (session === undefined) throw new CodedError('SIGN_IN_REQUIRED');
    if (session.account.mustChangePassword && !this.marked(context, temporaryPasswordRoute))
      throw new CodedError('PASSWORD_CHANGE_REQUIRED');
    if (session.seenLongAgo) await this.sessions.touch(sessionId);
    request.account = session.account;
    return true;
  }

  private marked(context: ExecutionContext, mark: string): boolean {
    return (
      this.reflector.getAllAndOverride<boolean | undefined>(mark, [
        context.getHandler(),
        context.getClass(),
      ]) ?? false
    );
  }
}
