import { Body, Controller, Delete, Get, Header, HttpCode, Post, Put, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import {
  applicationInfo,
  changePasswordBody,
  currentSession,
  signInBody,
  type ApplicationInfo,
  type ChangePasswordBody,
  type CurrentSession,
  type SignInBody,
} from '#libs/contracts';
import { ApplicationFacts } from '../application-facts.js';
import { parse } from '../parse.pipe.js';
import { Describe } from '../routes/describe.decorator.js';
import type { Account } from './account.entity.js';
import { PasswordAttempts } from './attempts.js';
import { Public } from './public.decorator.js';
import { everyRole, Roles } from './roles.decorator.js';
import { SignInBodyGuard } from './sign-in-body.guard.js';
import { SignInService } from './sign-in.service.js';
import { signedIn } from './signed-in.js';
import { WithTemporaryPassword } from './with-temporary-password.decorator.js';

const longestUserAgent = 400;

/** One's own session and password, whatever one's role is. */
@Roles(...everyRole)
@WithTemporaryPassword()
@Controller('api')
export class SessionController {
  constructor(
    private readonly facts: ApplicationFacts,
    private readonly signInService: SignInService,
    private readonly attempts: PasswordAttempts,
  ) {}

  @Describe({
    summary: 'Name, looks and version of the application',
    section: 'session',
    answer: applicationInfo,
  })
  @Public()
  @Get('application')
  @Header('cache-control', 'no-cache')
  application(): Promise<ApplicationInfo> {
    return this.facts.current();
  }

  /** Signs in. The session gets a new id, so that one planted before is worth nothing. */
  @Describe({ summary: 'Sign in', answer: currentSession })
  @Public()
  @UseGuards(SignInBodyGuard, AuthGuard('password'))
  @Post('session')
  @HttpCode(200)
  async signIn(
    @Req() request: FastifyRequest & { user: Account },
    @Body(parse(signInBody)) _body: SignInBody,
  ): Promise<CurrentSession> {
    const { user, id, ip } = request;
    await this.signInService.record({ kind: 'signed-in', account: user, requestId: id });
    await request.session.regenerate();
    const userAgent = request.headers['user-agent']?.slice(0, longestUserAgent) ?? null;
    request.session.client = { address: ip, userAgent };
    request.session.accountId = user.id;
    request.signedInEmail = user.email;
    return this.describe(user);
  }

  @Describe({ summary: 'Who is signed in', answer: currentSession })
  @Get('session')
  current(@Req() request: FastifyRequest): Promise<CurrentSession> {
    return this.describe(signedIn(request));
  }

  @Describe({ summary: 'Sign out' })
  @Delete('session')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest): Promise<void> {
    await this.signInService.record({
      kind: 'signed-out',
      account: signedIn(request),
      requestId: request.id,
    });
    await request.session.destroy();
  }

  /** Sets one's own password and ends one's other sessions. */
  @Describe({ summary: "Change one's own password and end one's other sessions" })
  @Put('session/password')
  @HttpCode(204)
  async changePassword(
    @Req() request: FastifyRequest,
    @Body(parse(changePasswordBody)) { current, password }: ChangePasswordBody,
  ): Promise<void> {
    const account = signedIn(request);
    // Who holds a session may guess at its password, and at no cost for the account's other browsers.
    const guesser = { address: request.ip, email: account.email, device: `session of ${account.id}` };
    await this.attempts.count(guesser);
    await this.signInService.changePassword(account, current, password, request);
    await this.attempts.forget(guesser);
  }

  private async describe({ id, email, role, mustChangePassword }: Account): Promise<CurrentSession> {
    const { applicationName } = await this.facts.current();
    return { account: { id, email, role, mustChangePassword }, applicationName };
  }
}
