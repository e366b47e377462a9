import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CodedError } from '#libs/errors';
import type { AccountRole } from './account.entity.js';
import {
  deleteAccount,
  insertAccount,
  lockAdmins,
  selectAccounts,
  updateDisabled,
  updatePassword,
  updateRole,
  type AccountSummary,
} from './accounts.queries.js';
import { Sessions } from './sessions.js';

/**
 * The accounts of an app. There is always an admin among them who may sign in. What changes one runs in a transaction
 * of `change`, together with what the app records of it.
 */
@Injectable()
export class AccountDirectory {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: Sessions,
  ) {}

  /** By e-mail. */
  list(): Promise<AccountSummary[]> {
    return selectAccounts(this.dataSource, null);
  }

  change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.sessions.change(work);
  }

  /** @throws CodedError NOT_FOUND */
  async find(manager: EntityManager, id: string): Promise<AccountSummary> {
    const [account] = await selectAccounts(manager, id);
    if (account === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such account' });
    return account;
  }

  /** @throws CodedError ACCOUNT_EXISTS */
  async add(
    manager: EntityManager,
    account: { email: string; role: AccountRole; passwordHash: string; mustChangePassword: boolean },
  ): Promise<AccountSummary> {
    const id = await insertAccount(manager, account);
    if (id === undefined) throw new CodedError('ACCOUNT_EXISTS', { detail: account.email });
    return this.find(manager, id);
  }

  /** @throws CodedError LAST_ADMIN */
  async setRole(manager: EntityManager, id: string, role: AccountRole): Promise<void> {
    if (role !== 'admin') await keepAnAdmin(manager, id);
    await updateRole(manager, id, role);
  }

  /**
   * A disabled account cannot sign in, and its sessions end.
   * @throws CodedError LAST_ADMIN
   */
  async setDisabled(manager: EntityManager, id: string, disabled: boolean): Promise<void> {
    if (disabled) await keepAnAdmin(manager, id);
    await updateDisabled(manager, id, disabled);
    if (disabled) await this.sessions.endAll(manager, id);
  }

  /** Sets a password and ends the sessions of the account. */
  async setPassword(
    manager: EntityManager,
    id: string,
    password: { hash: string; mustChange: boolean },
  ): Promise<void> {
    await updatePassword(manager, id, password);
    await this.sessions.endAll(manager, id);
  }

  /**
   * Removes the account; its sessions end with it.
   * @throws CodedError LAST_ADMIN
   */
  async remove(manager: EntityManager, id: string): Promise<void> {
    await keepAnAdmin(manager, id);
    await deleteAccount(manager, id);
  }
}

/** @throws CodedError LAST_ADMIN when without the account there would be none */
async function keepAnAdmin(manager: EntityManager, id: string): Promise<void> {
  const admins = await lockAdmins(manager);
  if (admins.every((admin) => admin === id) && admins.length > 0) throw new CodedError('LAST_ADMIN');
}
