import type { SessionStore } from '@fastify/session';
import type { FastifySessionObject } from '@fastify/session';
import type { DataSource } from 'typeorm';
import { hashSessionId as hash } from './account-sessions.js';

declare module 'fastify' {
  interface Session {
    /** Set by sign-in; a session without it is nobody's and is not stored. */
    accountId?: string;
  }
}

type Answer = (error?: unknown) => void;

/** Server-side sessions in the app's database. Only a hash of the id is stored: a leaked table opens no session. */
export class DatabaseSessionStore implements SessionStore {
  readonly #table: string;

  constructor(
    private readonly dataSource: DataSource,
    schema: string,
  ) {
    this.#table = `${schema}.session`;
  }

  set(id: string, session: FastifySessionObject, answer: Answer): void {
    const { accountId } = session;
    const expires = session.cookie.expires;
    if (accountId === undefined || !expires) {
      answer();
      return;
    }
    this.settle(
      this.dataSource.query(
        `INSERT INTO ${this.#table} (id, account_id, data, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
        [hash(id), accountId, JSON.stringify(session), expires],
      ),
      answer,
    );
  }

  get(id: string, answer: (error: unknown, session?: FastifySessionObject | null) => void): void {
    this.dataSource
      .query(`SELECT data FROM ${this.#table} WHERE id = $1 AND expires_at > now()`, [hash(id)])
      .then(
        (rows: { data: FastifySessionObject }[]) => answer(null, rows[0]?.data ?? null),
        (error: unknown) => answer(error),
      );
  }

  destroy(id: string, answer: Answer): void {
    this.settle(this.dataSource.query(`DELETE FROM ${this.#table} WHERE id = $1`, [hash(id)]), answer);
  }

  async deleteExpired(): Promise<void> {
    await this.dataSource.query(`DELETE FROM ${this.#table} WHERE expires_at <= now()`);
  }

  private settle(work: Promise<unknown>, answer: Answer): void {
    work.then(
      () => answer(),
      (error: unknown) => answer(error),
    );
  }
}
