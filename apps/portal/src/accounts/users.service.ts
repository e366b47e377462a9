import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  userAccount,
  type AddUserBody,
  type EditUserBody,
  type PortalAuditAction,
  type UserAccount,
  type UserWithPassword,
} from '#libs/contracts';
import {
  AccountDirectory,
  type AccountSummary,
  type Actor,
  hashPassword,
  temporaryPassword,
} from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';

/**
 * Who may sign in to the portal. A portal sends no mail: a new user gets a temporary password, which the admin sees
 * once and passes on, and which opens nothing but the change of it.
 */
@Injectable()
export class UsersService {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly audit: AuditService,
  ) {}

  async list(): Promise<UserAccount[]> {
    return (await this.accounts.list()).map((account) => userAccount.parse(account));
  }

  /** @throws CodedError ACCOUNT_EXISTS */
  async add({ email, role }: AddUserBody, actor: Actor): Promise<UserWithPassword> {
    const password = temporaryPassword();
    const passwordHash = await hashPassword(password);
    const account = { email, role, passwordHash, mustChangePassword: true };
    return this.accounts.change(async (manager) => {
      const added = await this.accounts.add(manager, account);
      await this.record(manager, actor, 'account.added', added, `Added ${email} as ${role}`);
      return { user: userAccount.parse(added), temporaryPassword: password.reveal() };
    });
  }

  /** @throws CodedError NOT_FOUND, LAST_ADMIN */
  edit(id: string, { role }: EditUserBody, actor: Actor): Promise<UserAccount> {
    return this.accounts.change(async (manager) => {
      const account = await this.accounts.find(manager, id);
      if (account.role === role) return userAccount.parse(account);
      await this.accounts.setRole(manager, id, role);
      const summary = `Made ${account.email} ${role}, was ${account.role}`;
      await this.record(manager, actor, 'account.edited', account, summary);
      return this.describe(manager, id);
    });
  }

  /** @throws CodedError NOT_FOUND, LAST_ADMIN */
  setDisabled(id: string, disabled: boolean, actor: Actor): Promise<UserAccount> {
    return this.accounts.change(async (manager) => {
      const account = await this.accounts.find(manager, id);
      if ((account.disabledAt !== null) === disabled) return userAccount.parse(account);
      await this.accounts.setDisabled(manager, id, disabled);
      const action = disabled ? 'account.disabled' : 'account.enabled';
      const summary = `${disabled ? 'Disabled' : 'Enabled'} ${account.email}`;
      await this.record(manager, actor, action, account, summary);
      return this.describe(manager, id);
    });
  }

  /**
   * Gives the account another password and ends its sessions.
   * @throws CodedError NOT_FOUND
   */
  async setTemporaryPassword(id: string, actor: Actor): Promise<UserWithPassword> {
    const password = temporaryPassword();
    const hash = await hashPassword(password);
    return this.accounts.change(async (manager) => {
      const account = await this.accounts.find(manager, id);
      await this.accounts.setPassword(manager, id, { hash, mustChange: true });
      const summary = `Set a temporary password for ${account.email}`;
      await this.record(manager, actor, 'account.password-set', account, summary);
      return { user: await this.describe(manager, id), temporaryPassword: password.reveal() };
    });
  }

  /** @throws CodedError NOT_FOUND, LAST_ADMIN */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.accounts.change(async (manager) => {
      const account = await this.accounts.find(manager, id);
      await this.accounts.remove(manager, id);
      await this.record(manager, actor, 'account.removed', account, `Removed ${account.email}`);
    });
  }

  private async describe(manager: EntityManager, id: string): Promise<UserAccount> {
    return userAccount.parse(await this.accounts.find(manager, id));
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    action: PortalAuditAction,
    { email }: AccountSummary,
    summary: string,
  ): Promise<void> {
    return this.audit.record(manager, { ...actor, action, subject: email, summary });
  }
}
