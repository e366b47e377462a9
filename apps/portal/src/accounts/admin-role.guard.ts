import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';

/** Lets administrators pass; every other account may look, and change nothing. */
@Injectable()
export class AdminRoleGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { account } = context.switchToHttp().getRequest<FastifyRequest>();
    if (account?.role !== 'admin') throw new CodedError('ROLE_REFUSED');
    return true;
  }
}
