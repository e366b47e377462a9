import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import { ACCESS_RULES } from '../tokens.js';
import type { AccountRole } from './account.entity.js';
import { routeRoles } from './roles.decorator.js';
import { safeMethods } from './safe-methods.js';

/** Who may do what in an app, where a route says nothing of its own. */
export interface AccessRules {
  /** The roles that may change anything: every request but GET, HEAD and OPTIONS. All roles unless given. */
  changes?: readonly AccountRole[];
}

/** Refuses what the role of the signed-in account does not cover. Routes without a session are not its business. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(ACCESS_RULES) private readonly rules: AccessRules,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { account, method } = context.switchToHttp().getRequest<FastifyRequest>();
    if (account === undefined) return true;
    const own = this.reflector.getAllAndOverride<readonly AccountRole[] | undefined>(routeRoles, [
      context.getHandler(),
      context.getClass(),
    ]);
    const roles = own ?? (safeMethods.has(method) ? undefined : this.rules.changes);
    if (roles === undefined || roles.includes(account.role)) return true;
    throw new CodedError('ROLE_REFUSED', { detail: `needs the role ${roles.join(' or ')}` });
  }
}
