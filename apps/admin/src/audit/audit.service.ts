import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditAction, AuditPage, AuditQuery } from '#libs/contracts';
import { SessionEvents, type SessionEvent } from '#libs/nest-kit';
import { insertAuditEvent, selectAuditEvents, type RecordedAction } from './audit.queries.js';

const sessionActions = {
  'signed-in': ['session.signed-in', 'Signed in'],
  'signed-out': ['session.signed-out', 'Signed out'],
  revoked: ['session.revoked', 'Ended sessions of their own'],
  'password-changed': ['account.password-reset', 'Changed their own password'],
} as const satisfies Record<SessionEvent['kind'], [AuditAction, string]>;

/** The append-only record of what operators do. */
@Injectable()
export class AuditService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionEvents,
  ) {}

  onModuleInit(): void {
    this.sessions.listen((manager, event) => this.recordSession(manager, event));
  }

  /** Call it in the transaction of the action: neither is there without the other. */
  async record(manager: EntityManager, action: RecordedAction): Promise<void> {
    await insertAuditEvent(manager, action);
  }

  async list(query: AuditQuery): Promise<AuditPage> {
    const events = await selectAuditEvents(this.dataSource, query);
    const last = events.at(-1);
    return { events, nextBefore: events.length === query.limit && last !== undefined ? last.id : null };
  }

  private async recordSession(manager: EntityManager, event: SessionEvent): Promise<void> {
    const [action, summary] = sessionActions[event.kind];
    const { account, requestId } = event;
    await this.record(manager, { account: account.email, action, summary, requestId });
  }
}
