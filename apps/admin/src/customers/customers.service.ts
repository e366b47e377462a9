import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  pushHealth,
  type CustomerDetail,
  type CustomerPage,
  type CustomersQuery,
  type CustomerSummary,
  type CustomerWithToken,
  type EditCustomerBody,
  type PushHealth,
  type RegisterCustomerBody,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import {
  countByHealth,
  insertCustomer,
  lockCustomer,
  selectCustomer,
  selectCustomers,
  setDisabled,
  updateName,
  type CustomerKey,
  type CustomersFilter,
} from './customers.queries.js';
import { HEALTH_THRESHOLDS, type HealthThresholds } from './push-health.js';
import { createToken } from './token.js';
import { insertToken } from './tokens.queries.js';

@Injectable()
export class CustomersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
    @Inject(HEALTH_THRESHOLDS) private readonly thresholds: HealthThresholds,
  ) {}

  async list(query: CustomersQuery): Promise<CustomerPage> {
    const { page, pageSize, health, q } = query;
    const counts = await countByHealth(this.dataSource, this.thresholds, q);
    const customers = await selectCustomers(this.dataSource, this.thresholds, query, {
      limit: pageSize,
      offset: (page - 1) * pageSize,
    });
    const wanted = health ?? pushHealth.options;
    const total = wanted.reduce((sum, one) => sum + counts[one].matching, 0);
    return { customers, total, byHealth: onlyAll(counts) };
  }

  /** All pages of the query. */
  listAll(query: CustomersFilter): Promise<CustomerSummary[]> {
    return selectCustomers(this.dataSource, this.thresholds, query);
  }

  async countByHealth(): Promise<Record<PushHealth, number>> {
    return onlyAll(await countByHealth(this.dataSource, this.thresholds));
  }

  find(code: string): Promise<CustomerDetail> {
    return this.detail(this.dataSource, code);
  }

  /**
   * Registers a customer with a first token, which is in this answer and nowhere else.
   * @throws CodedError CUSTOMER_EXISTS
   */
  register(body: RegisterCustomerBody, actor: Actor): Promise<CustomerWithToken> {
    return this.dataSource.transaction(async (manager) => {
      const id = await insertCustomer(manager, body);
      if (id === undefined) throw new CodedError('CUSTOMER_EXISTS', { detail: body.code });
      const token = createToken(body.code);
      await insertToken(manager, id, { name: 'first token', token, createdBy: actor.account });
      const summary = `Registered "${body.name}"`;
      await this.audit.record(manager, {
        ...actor,
        action: 'customer.registered',
        customer: body.code,
        summary,
      });
      return { customer: await this.detail(manager, body.code), token };
    });
  }

  /** @throws CodedError NOT_FOUND, CUSTOMER_BEING_DELETED */
  edit(code: string, { name }: EditCustomerBody, actor: Actor): Promise<CustomerDetail> {
    return this.change(code, async (manager, customer) => {
      await updateName(manager, customer.id, name);
      const summary = `Renamed "${customer.name}" to "${name}"`;
      await this.audit.record(manager, { ...actor, action: 'customer.edited', customer: code, summary });
    });
  }

  /**
   * A disabled customer is refused from its next request on; its data stays. Done twice it changes nothing.
   * @throws CodedError NOT_FOUND, CUSTOMER_BEING_DELETED
   */
  setDisabled(code: string, disabled: boolean, actor: Actor): Promise<CustomerDetail> {
    return this.change(code, async (manager, customer) => {
      if ((customer.disabledAt !== null) === disabled) return;
      await setDisabled(manager, customer.id, disabled);
      const action = disabled ? 'customer.disabled' : 'customer.enabled';
      const summary = disabled ? 'Disabled' : 'Enabled';
      await this.audit.record(manager, { ...actor, action, customer: code, summary });
    });
  }

  /** One customer with all that is known of it, in the transaction of a change where there is one. */
  async detail(database: DataSource | EntityManager, code: string): Promise<CustomerDetail> {
    const customer = await selectCustomer(database, this.thresholds, code);
    if (customer === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
    return customer;
  }

  private change(
    code: string,
    work: (manager: EntityManager, customer: CustomerKey) => Promise<void>,
  ): Promise<CustomerDetail> {
    return this.dataSource.transaction(async (manager) => {
      await work(manager, await lockChangeable(manager, code));
      return this.detail(manager, code);
    });
  }
}

/** @throws CodedError NOT_FOUND, CUSTOMER_BEING_DELETED */
export async function lockChangeable(manager: EntityManager, code: string): Promise<CustomerKey> {
  const customer = await lockCustomer(manager, code);
  if (customer === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
  if (customer.deletionStartedAt !== null) throw new CodedError('CUSTOMER_BEING_DELETED', { detail: code });
  return customer;
}

function onlyAll(counts: Record<PushHealth, { all: number }>): Record<PushHealth, number> {
  return Object.fromEntries(Object.entries(counts).map(([health, { all }]) => [health, all])) as Record<
    PushHealth,
    number
  >;
}
