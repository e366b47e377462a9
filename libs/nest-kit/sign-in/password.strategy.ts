import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import { signInBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Account } from './account.entity.js';
import { SignInService } from './sign-in.service.js';

/** E-mail and password, by passport. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly signIn: SignInService) {
    super({ usernameField: 'email', passwordField: 'password', session: false });
  }

  /** Guards run before pipes: nothing has checked the body yet. */
  async validate(email: unknown, password: unknown): Promise<Account> {
    const body = signInBody.safeParse({ email, password });
    const account = body.success
      ? await this.signIn.authenticate(body.data.email, body.data.password)
      : undefined;
    if (account === undefined) throw new CodedError('SIGN_IN_FAILED');
    return account;
  }
}
