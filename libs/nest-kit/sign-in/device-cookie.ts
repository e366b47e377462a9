import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerSettings } from '../settings.js';
import { cookieFlags, cookieName, isSecure } from './cookies.js';

const days = 180;

declare module 'fastify' {
  interface FastifyRequest {
    /** E-mail of the account that this request has signed in to. */
    signedInEmail?: string;
  }
}

/**
 * Remembers, in the browser and signed, to which account it has signed in last: wrong passwords of others then do not
 * slow it down. It proves nothing else and opens nothing. (OWASP: Slow Down Online Guessing Attacks with Device Cookies.)
 *
 * Call it after the sessions' plugin: the session stays the first cookie of the answer.
 */
export function rememberDevices(fastify: FastifyInstance, settings: ServerSettings): void {
  fastify.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.signedInEmail === undefined) return;
    // As the session's: not over plain http where the app has https.
    if (isSecure(settings) && request.protocol !== 'https') return;
    const value = `${markOf(request.signedInEmail)}.${randomUUID()}`;
    const options = { ...cookieFlags(settings), maxAge: days * 86_400, signed: true };
    reply.setCookie(cookieName(settings, '-device'), value, options);
  });
}

/** @returns the name of the browser, when it has signed in to this account last */
export function knownDevice(
  request: FastifyRequest,
  settings: ServerSettings,
  email: string,
): string | undefined {
  const given = request.cookies[cookieName(settings, '-device')];
  if (given === undefined) return undefined;
  const { valid, value } = request.unsignCookie(given);
  return valid && value.startsWith(`${markOf(email)}.`) ? value : undefined;
}

function markOf(email: string): string {
  return createHash('sha256').update(`device of ${email}`).digest('base64url');
}
