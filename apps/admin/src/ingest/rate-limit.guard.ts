import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CodedError } from '#libs/errors';
import { INGEST_SETTINGS, type IngestSettings } from './ingest.config.js';
import { IngestMetrics } from './ingest-metrics.js';
import { IngestService } from './ingest.service.js';
import { senderState, type RequestHeaders } from './sender-state.js';

/** Keeps one customer from taking the time of all others. Stands behind `TokenGuard`, and before the body is read. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limiter: RateLimiterMemory;

  constructor(
    @Inject(INGEST_SETTINGS) { batchesPerMinute }: IngestSettings,
    private readonly ingest: IngestService,
    private readonly metrics: IngestMetrics,
  ) {
    this.limiter = new RateLimiterMemory({ points: batchesPerMinute, duration: 60 });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const startedAt = performance.now();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { customerId } = request;
    if (customerId === undefined) throw new CodedError('INGEST_TOKEN_INVALID');
    try {
      await this.limiter.consume(customerId);
      return true;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1_000);
      const error = new CodedError('INGEST_RATE_LIMITED', { retryAfterSeconds });
      this.metrics.batchEnded('refused', error.code, 0);
      const sender = senderState(request.headers as RequestHeaders);
      await this.ingest.refuse({ customerId, sender, startedAt }, error);
      throw error;
    }
  }
}
