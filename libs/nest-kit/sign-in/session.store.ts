import type { FastifySessionObject, SessionStore } from '@fastify/session';
import type { SessionClient } from './sessions.queries.js';
import type { Sessions } from './sessions.js';

declare module 'fastify' {
  interface Session {
    /** Set by sign-in; a session without it is nobody's and is not stored. */
    accountId?: string;
    /** Set by sign-in: its owner is shown where it was begun. */
    client?: SessionClient;
  }
}

type Answer = (error?: unknown) => void;

/** Server-side sessions in the app's database, as @fastify/session asks for them. */
export class DatabaseSessionStore implements SessionStore {
  constructor(private readonly sessions: Sessions) {}

  set(id: string, session: FastifySessionObject, answer: Answer): void {
    const { accountId, client, cookie } = session;
    const { expires } = cookie;
    if (accountId === undefined || !expires) {
      answer();
      return;
    }
    const data = JSON.stringify({ accountId, cookie });
    settle(this.sessions.save(id, { accountId, data, expires, client }), answer);
  }

  /** May be out of date by moments: on every route that is not public, the guard asks once more. */
  get(id: string, answer: (error: unknown, session?: FastifySessionObject | null) => void): void {
    this.sessions.recent(id).then(
      (session) => answer(null, session?.data ?? null),
      (error: unknown) => answer(error),
    );
  }

  destroy(id: string, answer: Answer): void {
    settle(this.sessions.end(id), answer);
  }
}

function settle(work: Promise<unknown>, answer: Answer): void {
  work.then(
    () => answer(),
    (error: unknown) => answer(error),
  );
}
