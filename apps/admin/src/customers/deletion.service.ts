import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CustomerSize } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { lockCustomer } from './customers.queries.js';
import {
  deleteCustomer,
  deleteEvents,
  deleteLedger,
  deleteMeasurements,
  markDeletion,
  selectChunkRanges,
  selectSize,
  type TimeRange,
} from './deletion.queries.js';

const allOfTime: TimeRange = { from: '-infinity', to: 'infinity' };

/**
 * Deletes customers with all they have pushed. The customer is disabled first; then rows go in steps, each a
 * transaction of its own; the customer's own row goes last. Cut off in between, the deletion is asked for once more
 * and goes on. Others push meanwhile; only their late rows for a compressed chunk wait for the step that works on it.
 */
@Injectable()
export class DeletionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** What a deletion takes with it, or what is left of it. */
  async size(code: string): Promise<CustomerSize> {
    const size = await selectSize(this.dataSource, code);
    if (size === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
    return size;
  }

  /** @throws CodedError NOT_FOUND, CONFIRMATION_WRONG */
  async remove(code: string, confirm: string, actor: Actor): Promise<void> {
    const customerId = await this.begin(code, confirm, actor);
    for (const range of await selectChunkRanges(this.dataSource, 'measurement')) {
      await this.dataSource.transaction((manager) => deleteMeasurements(manager, customerId, range));
    }
    for (const range of await selectChunkRanges(this.dataSource, 'ingest_event')) {
      await this.dataSource.transaction((manager) => deleteEvents(manager, customerId, range));
    }
    while ((await deleteLedger(this.dataSource, customerId)) > 0);
    await this.finish(code, actor);
  }

  private begin(code: string, confirm: string, actor: Actor): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const customer = await lockCustomer(manager, code);
      if (customer === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
      if (confirm !== code) {
        const problems = [{ path: 'confirm', message: `must be ${code}` }];
        throw new CodedError('CONFIRMATION_WRONG', { problems });
      }
      if (customer.deletionStartedAt !== null) return customer.id;
      await markDeletion(manager, customer.id);
      if (customer.disabledAt !== null) return customer.id;
      const summary = 'Disabled, as its deletion begins';
      await this.audit.record(manager, { ...actor, action: 'customer.disabled', customer: code, summary });
      return customer.id;
    });
  }

  private async finish(code: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager: EntityManager) => {
      // Another request may have finished it.
      const customer = await lockCustomer(manager, code);
      if (customer === undefined || customer.deletionStartedAt === null) return;
      // A batch that was under way when the customer was disabled has ended: the lock has waited for it.
      await deleteMeasurements(manager, customer.id, allOfTime);
      await deleteEvents(manager, customer.id, allOfTime);
      await deleteCustomer(manager, customer.id);
      const summary = `Deleted "${customer.name}" with all it had pushed`;
      await this.audit.record(manager, { ...actor, action: 'customer.deleted', customer: code, summary });
    });
  }
}
