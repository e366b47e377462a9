import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { hashToken, isTokenShaped } from '../customers/token.js';
import { selectTokenOwner } from './ingest.queries.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Key of the customer whose token came with the request. */
    customerId?: number;
  }
}

/** Lets a push pass when its Bearer token is valid. Who the customer is comes from the token alone. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !isTokenShaped(token)) throw new CodedError('INGEST_TOKEN_INVALID');
    const customerId = await selectTokenOwner(this.dataSource, hashToken(token));
    if (customerId === undefined) throw new CodedError('INGEST_TOKEN_INVALID');
    request.customerId = customerId;
    return true;
  }
}
