import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type {
  AddTokenBody,
  AuditAction,
  CustomerToken,
  CustomerWithToken,
  RotateTokenBody,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { findCustomerId, type CustomerKey } from './customers.queries.js';
import { CustomersService, lockChangeable } from './customers.service.js';
import { createToken } from './token.js';
import { endTokens, insertToken, newestTokenName, revokeToken, selectTokens } from './tokens.queries.js';

/** The push tokens of customers. A token is in the answer that makes it and nowhere else. */
@Injectable()
export class TokensService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: CustomersService,
    private readonly audit: AuditService,
  ) {}

  async list(code: string): Promise<CustomerToken[]> {
    const customerId = await findCustomerId(this.dataSource, code);
    if (customerId === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
    return selectTokens(this.dataSource, customerId);
  }

  /**
   * One more token; those issued before stay valid.
   * @throws CodedError NOT_FOUND, CUSTOMER_BEING_DELETED
   */
  add(code: string, { name }: AddTokenBody, actor: Actor): Promise<CustomerWithToken> {
    return this.dataSource.transaction(async (manager) => {
      const customer = await lockChangeable(manager, code);
      return this.issue(manager, customer, name, actor, 'token.added', `Added token "${name}"`);
    });
  }

  /**
   * A new token; those before it end after the overlap, so that the push goes on while the portal gets the new one.
   * @throws CodedError NOT_FOUND, CUSTOMER_BEING_DELETED
   */
  rotate(code: string, body: RotateTokenBody, actor: Actor): Promise<CustomerWithToken> {
    return this.dataSource.transaction(async (manager) => {
      const customer = await lockChangeable(manager, code);
      const name = body.name ?? (await newestTokenName(manager, customer.id)) ?? 'main';
      await endTokens(manager, customer.id, body.overlapHours);
      const others =
        body.overlapHours === 0 ? 'the others are revoked' : `the others end in ${body.overlapHours} h`;
      const summary = `Rotated to token "${name}", ${others}`;
      return this.issue(manager, customer, name, actor, 'token.rotated', summary);
    });
  }

  /**
   * Revokes the token at once. Done twice it changes nothing.
   * @throws CodedError NOT_FOUND
   */
  async revoke(code: string, tokenId: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const customer = await lockChangeable(manager, code);
      const tokens = await selectTokens(manager, customer.id);
      const token = tokens.find(({ id }) => id === tokenId.toLowerCase());
      if (token === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such token' });
      if (token.status === 'revoked') return;
      await revokeToken(manager, token.id);
      const summary = `Revoked token "${token.name}" (${token.prefix}…)`;
      await this.audit.record(manager, { ...actor, action: 'token.revoked', customer: code, summary });
    });
  }

  private async issue(
    manager: EntityManager,
    { id, code }: CustomerKey,
    name: string,
    actor: Actor,
    action: AuditAction,
    summary: string,
  ): Promise<CustomerWithToken> {
    const token = createToken(code);
    await insertToken(manager, id, { name, token, createdBy: actor.account });
    await this.audit.record(manager, { ...actor, action, customer: code, summary });
    return { customer: await this.customers.detail(manager, code), token };
  }
}
