import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '#libs/errors';
import { type AccountRole, Describe, Public, Sessions } from '#libs/nest-kit';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';

const grafanaRoles: Record<AccountRole, string> = {
  admin: 'Editor',
  editor: 'Viewer',
  viewer: 'Viewer',
  operator: 'Viewer',
};

/**
 * Traefik asks this for every Grafana request and copies the identity headers of the answer. It is decided from the
 * cookie alone and leaves no trace: neither does it keep an idle session alive, nor is an answer kept. What has ended
 * counts at once in this process, and within three seconds when another one ended it.
 */
@Public()
@Controller('api/auth')
export class ForwardAuthController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  @Describe({
    summary: 'Say who asks, for the edge in front of Grafana',
    details:
      'Answers 200 with `X-WEBAUTH-USER` and `X-WEBAUTH-ROLE`; without a session a redirect to the sign-in page where a page is opened, else 401.',
  })
  @Get('check')
  @Header('cache-control', 'no-store')
  async check(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { accountId, sessionId } = request.session;
    const session = accountId === undefined ? undefined : await this.sessions.recent(sessionId);
    const account = session?.account;
    // Who must still change a temporary password is asked for it first.
    if (account !== undefined && !account.mustChangePassword) {
      await reply
        .header('x-webauth-user', account.email)
        .header('x-webauth-role', grafanaRoles[account.role])
        .status(200)
        .send();
      return;
    }
    if (!isNavigation(request)) throw new CodedError('SIGN_IN_REQUIRED');
    await reply.redirect(this.signInAddress(localPath(request.headers['x-forwarded-uri'])), 302);
  }

  /** Absolute: Traefik would resolve a path against the portal's address inside the private network. */
  private signInAddress(returnPath: string): string {
    return new URL(`/sign-in?return=${encodeURIComponent(returnPath)}`, this.settings.server.publicUrl).href;
  }
}

function isNavigation(request: FastifyRequest): boolean {
  const method = request.headers['x-forwarded-method'] ?? 'GET';
  return method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}

/**
 * Only a path of this host: `//elsewhere` and `/\elsewhere` are addresses of other hosts to a browser, and so they are
 * with a tab or a line break in between, which it ignores.
 */
function localPath(forwarded: string | string[] | undefined): string {
  const path = typeof forwarded === 'string' ? forwarded : '/';
  return /^\/(?![/\\])\P{Cc}*$/u.test(path) ? path : '/';
}
