import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CodedError } from '#libs/errors';

const attemptsPerMinute = 10;

/** Slows down who guesses passwords: counted for each address and account, forgotten when one was right. */
@Injectable()
export class PasswordAttempts {
  readonly #limiter = new RateLimiterMemory({ points: attemptsPerMinute, duration: 60 });

  /**
   * Counts an attempt before its password is looked at, so that attempts at the same time count as well.
   * @throws CodedError TOO_MANY_ATTEMPTS
   */
  async count(address: string, email: string): Promise<void> {
    try {
      await this.#limiter.consume(key(address, email));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      throw new CodedError('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
    }
  }

  async forget(address: string, email: string): Promise<void> {
    await this.#limiter.delete(key(address, email));
  }
}

function key(address: string, email: string): string {
  return `${address} ${email}`;
}
