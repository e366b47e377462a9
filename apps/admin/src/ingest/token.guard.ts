import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { hashToken, isTokenShaped } from '../customers/token.js';
import { IngestMetrics } from './ingest-metrics.js';
import { IngestService } from './ingest.service.js';
import { senderState, type RequestHeaders } from './sender-state.js';
import { noteUse, selectToken } from './token.queries.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Key of the customer whose token came with the request. */
    customerId?: number;
  }
}

/** Lets a push pass when its Bearer token is valid. Who the customer is comes from the token alone. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ingest: IngestService,
    private readonly metrics: IngestMetrics,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const startedAt = performance.now();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    const issued =
      token !== undefined && isTokenShaped(token)
        ? await selectToken(this.dataSource, hashToken(token))
        : undefined;
    if (issued?.isValid !== true) {
      const error = new CodedError('INGEST_TOKEN_INVALID');
      this.metrics.batchEnded('refused', error.code, (performance.now() - startedAt) / 1_000);
      // Of a token that was once good it is known whose it is: somebody forgot to replace it.
      if (issued !== undefined) {
        const sender = senderState(request.headers as RequestHeaders);
        await this.ingest.refuse({ customerId: issued.customerId, sender, startedAt }, error);
      }
      throw error;
    }
    if (!issued.isNoted) await noteUse(this.dataSource, issued.id);
    request.customerId = issued.customerId;
    return true;
  }
}
