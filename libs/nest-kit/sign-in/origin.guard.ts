import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import { safeMethods } from './safe-methods.js';

/** Refuses state changes that a browser sends from another site. Programs send neither header and are let through. */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(@Inject(SERVER_SETTINGS) private readonly settings: ServerSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (safeMethods.has(request.method)) return true;
    // A browser sends no token by itself, and without a cookie there is no session to abuse.
    if (request.apiToken !== undefined && request.headers.cookie === undefined) return true;
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (origin !== undefined && origin !== this.settings.publicUrl.origin)
      throw new CodedError('ORIGIN_REFUSED');
    if (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw new CodedError('ORIGIN_REFUSED');
    }
    return true;
  }
}
