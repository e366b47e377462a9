import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type {
  PortalAuditAction,
  PortalAuditEvent,
  PortalAuditFilter,
  PortalAuditPage,
  PortalAuditQuery,
} from '#libs/contracts';
import { SessionEvents, type SessionEvent } from '#libs/nest-kit';
import { insertAuditEvent, selectAuditEvents, type RecordedAction } from './audit.queries.js';

const sessionActions = {
  'signed-in': ['session.signed-in', 'Signed in'],
  'signed-out': ['session.signed-out', 'Signed out'],
  revoked: ['session.revoked', 'Ended sessions of their own'],
  'password-changed': ['account.password-changed', 'Changed their own password'],
} as const satisfies Record<SessionEvent['kind'], [PortalAuditAction, string]>;

const exportPage = 1_000;

/** The append-only record of who changed what in the portal. */
@Injectable()
export class AuditService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionEvents,
  ) {}

  onModuleInit(): void {
    this.sessions.listen((manager, { kind, account, requestId }) => {
      const [action, summary] = sessionActions[kind];
      return this.record(manager, {
        account: account.email,
        action,
        subject: account.email,
        summary,
        requestId,
      });
    });
  }

  /** Call it in the transaction of the change: neither is there without the other. */
  async record(manager: EntityManager, action: RecordedAction): Promise<void> {
    await insertAuditEvent(manager, action);
  }

  async list(query: PortalAuditQuery): Promise<PortalAuditPage> {
    const events = await selectAuditEvents(this.dataSource, query);
    const last = events.at(-1);
    return { events, nextBefore: events.length === query.limit && last !== undefined ? last.id : null };
  }

  /** Newest first, read by pages: the record may be long. */
  async *listAll(filter: PortalAuditFilter): AsyncGenerator<PortalAuditEvent> {
    let before: number | undefined;
    for (;;) {
      const { events, nextBefore } = await this.list({ ...filter, before, limit: exportPage });
      yield* events;
      if (nextBefore === null) return;
      before = nextBefore;
    }
  }
}
