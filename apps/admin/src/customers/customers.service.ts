import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CustomerSummary, CustomerWithToken, IngestEvent, RegisterCustomerBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import {
  findCustomerId,
  insertCustomer,
  insertToken,
  selectCustomers,
  selectEvents,
} from './customers.queries.js';
import { createToken } from './token.js';

@Injectable()
export class CustomersService {
  constructor(private readonly dataSource: DataSource) {}

  list(): Promise<CustomerSummary[]> {
    return selectCustomers(this.dataSource, null);
  }

  async find(code: string): Promise<CustomerSummary> {
    return only(await selectCustomers(this.dataSource, code));
  }

  events(code: string, limit: number): Promise<IngestEvent[]> {
    return selectEvents(this.dataSource, code, limit);
  }

  /**
   * Registers a customer with a first token, which is in this answer and nowhere else.
   * @throws CodedError CUSTOMER_EXISTS
   */
  register(body: RegisterCustomerBody): Promise<CustomerWithToken> {
    return this.dataSource.transaction(async (manager) => {
      const id = await insertCustomer(manager, body);
      if (id === undefined) throw new CodedError('CUSTOMER_EXISTS', { detail: body.code });
      return this.issue(manager, id, body.code);
    });
  }

  /** One more token; those issued before stay valid. */
  addToken(code: string): Promise<CustomerWithToken> {
    return this.dataSource.transaction(async (manager) => {
      const id = await findCustomerId(manager, code);
      if (id === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
      return this.issue(manager, id, code);
    });
  }

  private async issue(manager: EntityManager, id: number, code: string): Promise<CustomerWithToken> {
    const token = createToken(code);
    await insertToken(manager, id, token);
    return { customer: only(await selectCustomers(manager, code)), token };
  }
}

function only(customers: CustomerSummary[]): CustomerSummary {
  const [customer] = customers;
  if (customer === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such customer' });
  return customer;
}
