import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CodedError } from '#libs/errors';
import { networkOf } from './network.js';

const minute = 60;
const quarter = 15 * minute;
const hour = 60 * minute;

/** Who tries a password. */
export interface Guesser {
  address: string;
  /** Of the account, whether there is one or not. */
  email: string;
  /** Set for a browser that has signed in to this account before. */
  device: string | undefined;
}

/**
 * Slows down who guesses passwords, without shutting the owner out. A browser that has signed in to the account before
 * has a limit of its own, which nobody else can use up. All others are counted for address and account together, for
 * the address (one password for many accounts) and for the account (many addresses).
 */
@Injectable()
export class PasswordAttempts {
  readonly #own = new RateLimiterMemory({ points: 10, duration: minute });
  /** Well below the account's: one address alone does not close an account to the others. */
  readonly #ownHour = new RateLimiterMemory({ points: 30, duration: hour });
  readonly #address = new RateLimiterMemory({ points: 100, duration: quarter });
  readonly #account = new RateLimiterMemory({ points: 100, duration: hour });

  /**
   * Counts an attempt before its password is looked at, so that attempts at the same time count as well.
   * @throws CodedError TOO_MANY_ATTEMPTS
   */
  async count({ address, email, device }: Guesser): Promise<void> {
    if (device !== undefined) return consume(this.#own, device);
    const network = networkOf(address);
    // First of all, so that no address makes us remember more accounts than it may try.
    await consume(this.#address, network);
    try {
      await consume(this.#own, `${network} ${email}`);
      await consume(this.#ownHour, `${network} ${email}`);
      await consume(this.#account, email);
    } catch (refusal) {
      // No password was looked at: this does not bring the others at the address nearer to their limit.
      await this.#address.reward(network);
      throw refusal;
    }
  }

  /** The password was right: the attempt is not held against anybody. */
  async forget({ address, email, device }: Guesser): Promise<void> {
    if (device !== undefined) {
      await this.#own.delete(device);
      return;
    }
    const network = networkOf(address);
    await this.#own.delete(`${network} ${email}`);
    await this.#ownHour.delete(`${network} ${email}`);
    // Not all of them: who has an account could guess at others and sign in to their own in between.
    await this.#address.reward(network);
    await this.#account.reward(email);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    throw new CodedError('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  }
}
