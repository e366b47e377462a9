import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import { API_TOKENS } from '../tokens.js';
import { routeScopes } from './scopes.decorator.js';

/** An API token that is valid. */
export interface ValidToken {
  id: string;
  scopes: readonly string[];
}

/** What an app with API tokens provides as `API_TOKENS`. */
export interface ApiTokens {
  /**
   * Looks at the token that the request carries, once for each request.
   * @returns undefined where it carries none
   * @throws CodedError API_TOKEN_INVALID, API_RATE_LIMITED
   */
  recognise(request: FastifyRequest): Promise<ValidToken | undefined>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The token that opened the route; it takes the place of a session. */
    apiToken?: ValidToken;
  }
}

/** Opens routes with `@Scopes(…)` to a token that has one of them. Stands before the guards that ask for a session. */
@Injectable()
export class ApiTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(API_TOKENS) private readonly tokens: ApiTokens | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scopes = this.reflector.getAllAndOverride<readonly string[] | undefined>(routeScopes, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (scopes === undefined || this.tokens === undefined) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = await this.tokens.recognise(request);
    if (token === undefined) return true;
    if (!scopes.some((scope) => token.scopes.includes(scope))) {
      throw new CodedError('API_TOKEN_SCOPE_MISSING', { detail: `needs the scope ${scopes.join(' or ')}` });
    }
    request.apiToken = token;
    return true;
  }
}
