import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '#libs/contracts';

/** Something that an operator did. */
export interface AuditRecord {
  /** E-mail of the account. */
  account: string;
  action: AuditAction;
  /** Code of the customer that it was about. */
  customer?: string | null;
  /** One line for people, without any secret. */
  summary: string;
  requestId?: string | null;
}

/** Writes the append-only audit log. */
@Injectable()
export class AuditService {
  /** Records the event in the transaction of what it tells of. */
  async record(manager: EntityManager, event: AuditRecord): Promise<void> {
    await manager.query(
      `INSERT INTO fleet.audit_event (account, action, customer, summary, request_id)
       VALUES ($1, $2, $3, $4, $5)`,
      [event.account, event.action, event.customer ?? null, event.summary, event.requestId ?? null],
    );
  }
}
