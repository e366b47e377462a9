import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { secretTokenKind, type ApiTokens, type ValidToken } from '#libs/nest-kit';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { noteUse, selectIssuedToken } from './api-tokens.queries.js';

/** What every API token begins with. */
export const apiTokenKind = 'wfp';

/** Finds the API token of a request and counts its use. */
@Injectable()
export class TokenRecognition implements ApiTokens {
  private readonly limiter: RateLimiterMemory;
  /** A request is asked about before its body is read, and again by the guard of its route. */
  private readonly recognised = new WeakMap<FastifyRequest, Promise<ValidToken>>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) { apiRequestsPerMinute }: PortalSettings,
  ) {
    this.limiter = new RateLimiterMemory({ points: apiRequestsPerMinute, duration: 60 });
  }

  async recognise(request: FastifyRequest): Promise<ValidToken | undefined> {
    const { authorization } = request.headers;
    // What is not a Bearer token is not for us: a proxy may ask for a password of its own.
    if (authorization === undefined || !/^bearer /i.test(authorization)) return undefined;
    const known = this.recognised.get(request) ?? this.look(authorization.slice(7).trim());
    this.recognised.set(request, known);
    return known;
  }

  private async look(secret: string): Promise<ValidToken> {
    const issued =
      secretTokenKind(secret) === apiTokenKind ? await selectIssuedToken(this.dataSource, secret) : undefined;
    if (issued?.isValid !== true) throw new CodedError('API_TOKEN_INVALID');
    await this.count(issued.id);
    if (!issued.isNoted) await noteUse(this.dataSource, issued.id);
    return { id: issued.id, scopes: issued.scopes };
  }

  /** @throws CodedError API_RATE_LIMITED */
  private async count(id: string): Promise<void> {
    try {
      await this.limiter.consume(id);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      throw new CodedError('API_RATE_LIMITED', { retryAfterSeconds });
    }
  }
}
