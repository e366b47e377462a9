import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { signInBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import type { Account } from './account.entity.js';
import { PasswordAttempts } from './attempts.js';
import { knownDevice } from './device-cookie.js';
import { SignInService } from './sign-in.service.js';

/** E-mail and password, by passport. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(
    private readonly signIn: SignInService,
    private readonly attempts: PasswordAttempts,
    @Inject(SERVER_SETTINGS) private readonly settings: ServerSettings,
  ) {
    super({ usernameField: 'email', passwordField: 'password', session: false, passReqToCallback: true });
  }

  /** Comes after `SignInBodyGuard`: the fields are there and of the right form. */
  async validate(request: FastifyRequest, givenEmail: string, givenPassword: string): Promise<Account> {
    const { email, password } = signInBody.parse({ email: givenEmail, password: givenPassword });
    const guesser = { address: request.ip, email, device: knownDevice(request, this.settings, email) };
    await this.attempts.count(guesser);
    const account = await this.signIn.authenticate(email, password);
    if (account === undefined) throw new CodedError('SIGN_IN_FAILED');
    await this.attempts.forget(guesser);
    return account;
  }
}
