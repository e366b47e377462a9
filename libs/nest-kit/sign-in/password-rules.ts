import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '#libs/errors';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import { reasonAgainst } from './common-password.js';

/** What is asked of a password beside its length, which the contracts ask for. */
@Injectable()
export class PasswordRules {
  constructor(@Inject(SERVER_SETTINGS) private readonly settings: ServerSettings) {}

  /**
   * @param email of the account that gets the password
   * @throws CodedError PASSWORD_COMMON
   */
  check(password: string, email: string): void {
    const message = reasonAgainst(password, [email, this.settings.applicationName]);
    if (message === null) return;
    throw new CodedError('PASSWORD_COMMON', { problems: [{ path: 'password', message }] });
  }
}
