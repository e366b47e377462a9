import { Body, Controller, Delete, Get, Header, HttpCode, Post, Put, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import {
  changePasswordBody,
  signInBody,
  type ApplicationInfo,
  type ChangePasswordBody,
  type CurrentSession,
  type SignInBody,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { ApplicationFacts } from '../application-facts.js';
import { parse } from '../parse.pipe.js';
import type { Account } from './account.entity.js';
import { PasswordAttempts } from './attempts.js';
import { Public } from './public.decorator.js';
import { everyRole, Roles } from './roles.decorator.js';
import { SignInBodyGuard } from './sign-in-body.guard.js';
import { SignInService } from './sign-in.service.js';

/** One's own session and password, whatever one's role is. */
@Roles(...everyRole)
@Controller('api')
export class SessionController {
  constructor(
    private readonly facts: ApplicationFacts,
    private readonly signInService: SignInService,
    private readonly attempts: PasswordAttempts,
  ) {}

  @Public()
  @Get('application')
  @Header('cache-control', 'no-cache')
  application(): Promise<ApplicationInfo> {
    return this.facts.current();
  }

  /** Signs in. The session gets a new id, so that one planted before is worth nothing. */
  @Public()
  @UseGuards(SignInBodyGuard, AuthGuard('password'))
  @Post('session')
  @HttpCode(200)
  async signIn(
    @Req() request: FastifyRequest & { user: Account },
    @Body(parse(signInBody)) _body: SignInBody,
  ): Promise<CurrentSession> {
    const { user, id } = request;
    await this.signInService.record({ kind: 'signed-in', account: user, requestId: id });
    await request.session.regenerate();
    request.session.accountId = user.id;
    return this.describe(user);
  }

  @Get('session')
  current(@Req() request: FastifyRequest): Promise<CurrentSession> {
    return this.describe(signedIn(request));
  }

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
  @Put('session/password')
  @HttpCode(204)
  async changePassword(
    @Req() request: FastifyRequest,
    @Body(parse(changePasswordBody)) { current, password }: ChangePasswordBody,
  ): Promise<void> {
    const account = signedIn(request);
    await this.attempts.count(request.ip, account.email);
    await this.signInService.changePassword(account, current, password, request);
    await this.attempts.forget(request.ip, account.email);
  }

  private async describe({ id, email, role }: Account): Promise<CurrentSession> {
    const { applicationName } = await this.facts.current();
    return { account: { id, email, role }, applicationName };
  }
}

function signedIn({ account }: FastifyRequest): Account {
  if (account === undefined) throw new CodedError('SIGN_IN_REQUIRED');
  return account;
}
