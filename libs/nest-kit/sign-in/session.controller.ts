import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { signInBody, type ApplicationInfo, type CurrentSession, type SignInBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { parse } from '../parse.pipe.js';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import { version } from '../version.js';
import type { Account } from './account.entity.js';
import { Public } from './public.decorator.js';

@Controller('api')
export class SessionController {
  constructor(@Inject(SERVER_SETTINGS) private readonly settings: ServerSettings) {}

  @Public()
  @Get('application')
  application(): ApplicationInfo {
    return { applicationName: this.settings.applicationName, version };
  }

  /** Signs in. The session gets a new id, so that one planted before is worth nothing. */
  @Public()
  @UseGuards(AuthGuard('password'))
  @Post('session')
  @HttpCode(200)
  async signIn(
    @Req() request: FastifyRequest & { user: Account },
    @Body(parse(signInBody)) _body: SignInBody,
  ): Promise<CurrentSession> {
    await request.session.regenerate();
    request.session.accountId = request.user.id;
    return this.describe(request.user);
  }

  @Get('session')
  current(@Req() request: FastifyRequest): CurrentSession {
    if (request.account === undefined) throw new CodedError('SIGN_IN_REQUIRED');
    return this.describe(request.account);
  }

  @Delete('session')
  @HttpCode(204)
  async signOut(@Req() request: FastifyRequest): Promise<void> {
    await request.session.destroy();
  }

  private describe(account: Account): CurrentSession {
    const { id, email, role } = account;
    return { account: { id, email, role }, applicationName: this.settings.applicationName };
  }
}
