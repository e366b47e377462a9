import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { signInBody } from '#libs/contracts';
import { parse } from '../parse.pipe.js';

const body = parse(signInBody);

/** Guards run before pipes, and passport answers 401 to a field that is missing: this names it instead. */
@Injectable()
export class SignInBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    body.transform(request.body, { type: 'body' });
    return true;
  }
}
