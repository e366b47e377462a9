import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What somebody did with their own sessions or password. */
export interface SessionEvent {
  kind: 'signed-in' | 'signed-out' | 'revoked' | 'password-changed';
  account: { id: string; email: string };
  requestId: string;
}

type Listener = (manager: EntityManager, event: SessionEvent) => Promise<void>;

/** Lets an app record sign-ins and sign-outs, in the transaction of the event: what cannot be recorded does not happen. */
@Injectable()
export class SessionEvents {
  readonly #listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  async tell(manager: EntityManager, event: SessionEvent): Promise<void> {
    for (const listener of this.#listeners) await listener(manager, event);
  }
}
