import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import { CodedError } from '#libs/errors';
import type { Account } from './account.entity.js';
import { SignInService } from './sign-in.service.js';

/** E-mail and password, by passport. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly signIn: SignInService) {
    super({ usernameField: 'email', passwordField: 'password', session: false });
  }

  async validate(email: string, password: string): Promise<Account> {
    const account = await this.signIn.authenticate(email.trim().toLowerCase(), password);
    if (account === undefined) throw new CodedError('SIGN_IN_FAILED');
    return account;
  }
}
