import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { DataSource, type EntityManager } from 'typeorm';
import type { OwnSession } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import {
  deleteEndedSessions,
  deleteOwnSession,
  deleteSession,
  deleteSessionsOf,
  selectLiveSession,
  selectSessionsOf,
  updateLastSeen,
  upsertSession,
  type LiveSession,
  type SessionClient,
} from './sessions.queries.js';

/** How long an answer of the database is believed where a request must be cheap. Ended sessions work no longer. */
const believedMs = 3_000;
const mostRemembered = 10_000;

interface Remembered {
  session: Promise<LiveSession | undefined>;
  /** By `performance.now()`. */
  until: number;
}

/** Who is signed in, where. What the database knows of a session's id is a hash: a leaked table opens no session. */
@Injectable()
export class Sessions {
  readonly #remembered = new Map<string, Remembered>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SERVER_SETTINGS) private readonly settings: ServerSettings,
  ) {}

  /** As the database has it now. @returns undefined when it has ended or its account may not sign in */
  find(id: string): Promise<LiveSession | undefined> {
    return this.select(keyOf(id));
  }

  /** As the database had it up to three seconds ago, unless it was changed by this process since. */
  recent(id: string): Promise<LiveSession | undefined> {
    const key = keyOf(id);
    const known = this.#remembered.get(key);
    if (known !== undefined && known.until > performance.now()) return known.session;
    const session = this.select(key);
    if (this.#remembered.size >= mostRemembered) this.forget();
    this.#remembered.set(key, { session, until: performance.now() + believedMs });
    session.catch(() => this.#remembered.delete(key));
    return session;
  }

  async save(
    id: string,
    session: { accountId: string; data: string; expires: Date; client: SessionClient | undefined },
  ): Promise<void> {
    await upsertSession(this.dataSource, keyOf(id), session);
    this.forget();
  }

  /** Notes that the session is used: it then does not end for being idle. */
  touch(id: string): Promise<void> {
    return updateLastSeen(this.dataSource, keyOf(id));
  }

  async end(id: string): Promise<void> {
    await deleteSession(this.dataSource, keyOf(id));
    this.forget();
  }

  /** Runs a transaction that changes accounts or sessions: whatever it does counts from its commit on. */
  async change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction(work);
    } finally {
      this.forget();
    }
  }

  /**
   * Ends the sessions of an account, in a transaction of `change`.
   * @param keptId of one that goes on, such as the one in which the password was changed
   * @returns how many there were
   */
  endAll(manager: EntityManager, accountId: string, keptId?: string): Promise<number> {
    return deleteSessionsOf(manager, accountId, keptId === undefined ? null : keyOf(keptId));
  }

  /** @throws CodedError NOT_FOUND when the account has no such session */
  async endOne(manager: EntityManager, accountId: string, uid: string): Promise<void> {
    if (!(await deleteOwnSession(manager, accountId, uid)))
      throw new CodedError('NOT_FOUND', { detail: 'no such session' });
  }

  list(accountId: string, currentId: string): Promise<OwnSession[]> {
    return selectSessionsOf(this.dataSource, accountId, keyOf(currentId), this.settings.session.idleHours);
  }

  @Cron(CronExpression.EVERY_HOUR)
  deleteEnded(): Promise<void> {
    return deleteEndedSessions(this.dataSource, this.settings.session.idleHours);
  }

  private select(key: string): Promise<LiveSession | undefined> {
    return selectLiveSession(this.dataSource, key, this.settings.session.idleHours);
  }

  private forget(): void {
    this.#remembered.clear();
  }
}

function keyOf(id: string): string {
  return hash('sha256', id, 'hex');
}
