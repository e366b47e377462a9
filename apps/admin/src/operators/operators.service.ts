import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Secret } from '#libs/config';
import type { AddOperatorBody, EditOperatorBody, OperatorAccount, ResetPasswordBody } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { type Actor, endSessions, hashPassword } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import {
  deleteOperator,
  insertOperator,
  lockAdmins,
  selectOperators,
  updatePassword,
  updateRole,
} from './operators.queries.js';

/** The accounts of Admin. There is always an admin among them. */
@Injectable()
export class OperatorsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  list(): Promise<OperatorAccount[]> {
    return selectOperators(this.dataSource, null);
  }

  /** @throws CodedError ACCOUNT_EXISTS */
  async add(body: AddOperatorBody, actor: Actor): Promise<OperatorAccount> {
    const passwordHash = await hashPassword(new Secret(body.password));
    return this.dataSource.transaction(async (manager) => {
      const id = await insertOperator(manager, body, passwordHash);
      if (id === undefined) throw new CodedError('ACCOUNT_EXISTS', { detail: body.email });
      const summary = `Added ${body.email} as ${body.role}`;
      await this.audit.record(manager, { ...actor, action: 'account.added', summary });
      return find(manager, id);
    });
  }

  /** @throws CodedError NOT_FOUND, LAST_ADMIN */
  edit(id: string, { role }: EditOperatorBody, actor: Actor): Promise<OperatorAccount> {
    return this.dataSource.transaction(async (manager) => {
      const { email } = await find(manager, id);
      if (role !== 'admin') await keepAnAdmin(manager, id);
      await updateRole(manager, id, role);
      const summary = `Made ${email} ${role}`;
      await this.audit.record(manager, { ...actor, action: 'account.edited', summary });
      return find(manager, id);
    });
  }

  /**
   * Sets a password and ends the sessions of the account.
   * @throws CodedError NOT_FOUND
   */
  async resetPassword(id: string, { password }: ResetPasswordBody, actor: Actor): Promise<void> {
    const passwordHash = await hashPassword(new Secret(password));
    await this.dataSource.transaction(async (manager) => {
      const { email } = await find(manager, id);
      await updatePassword(manager, id, passwordHash);
      await endSessions(manager, id);
      const summary = `Set a new password for ${email}`;
      await this.audit.record(manager, { ...actor, action: 'account.password-reset', summary });
    });
  }

  /**
   * Removes the account; its sessions end with it.
   * @throws CodedError NOT_FOUND, LAST_ADMIN
   */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { email } = await find(manager, id);
      await keepAnAdmin(manager, id);
      await deleteOperator(manager, id);
      const summary = `Removed ${email}`;
      await this.audit.record(manager, { ...actor, action: 'account.removed', summary });
    });
  }
}

async function find(manager: EntityManager, id: string): Promise<OperatorAccount> {
  const [account] = await selectOperators(manager, id);
  if (account === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such account' });
  return account;
}

/** @throws CodedError LAST_ADMIN when without the account there would be none */
async function keepAnAdmin(manager: EntityManager, id: string): Promise<void> {
  const admins = await lockAdmins(manager);
  if (admins.every((admin) => admin === id) && admins.length > 0) throw new CodedError('LAST_ADMIN');
}
