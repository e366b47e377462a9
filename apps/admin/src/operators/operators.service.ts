import { Injectable } from '@nestjs/common';
import { Secret } from '#libs/config';
import {
  operatorAccount,
  type AddOperatorBody,
  type EditOperatorBody,
  type OperatorAccount,
  type ResetPasswordBody,
} from '#libs/contracts';
import { AccountDirectory, type Actor, hashPassword, PasswordRules } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';

/** The accounts of Admin. There is always an admin among them. */
@Injectable()
export class OperatorsService {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly rules: PasswordRules,
    private readonly audit: AuditService,
  ) {}

  async list(): Promise<OperatorAccount[]> {
    return (await this.accounts.list()).map((account) => operatorAccount.parse(account));
  }

  /** @throws CodedError ACCOUNT_EXISTS, PASSWORD_COMMON */
  async add({ email, role, password }: AddOperatorBody, actor: Actor): Promise<OperatorAccount> {
    this.rules.check(password, email);
    const passwordHash = await hashPassword(new Secret(password));
    return this.accounts.change(async (manager) => {
      const account = await this.accounts.add(manager, {
        email,
        role,
        passwordHash,
        mustChangePassword: false,
      });
      const summary = `Added ${email} as ${role}`;
      await this.audit.record(manager, { ...actor, action: 'account.added', summary });
      return operatorAccount.parse(account);
    });
  }

  /** @throws CodedError NOT_FOUND, LAST_ADMIN */
  edit(id: string, { role }: EditOperatorBody, actor: Actor): Promise<OperatorAccount> {
    return this.accounts.change(async (manager) => {
      const { email } = await this.accounts.find(manager, id);
      await this.accounts.setRole(manager, id, role);
      const summary = `Made ${email} ${role}`;
      await this.audit.record(manager, { ...actor, action: 'account.edited', summary });
      return operatorAccount.parse(await this.accounts.find(manager, id));
    });
  }

  /**
   * Sets a password and ends the sessions of the account.
   * @throws CodedError NOT_FOUND, PASSWORD_COMMON
   */
  async resetPassword(id: string, { password }: ResetPasswordBody, actor: Actor): Promise<void> {
    const hash = await hashPassword(new Secret(password));
    await this.accounts.change(async (manager) => {
      const { email } = await this.accounts.find(manager, id);
      this.rules.check(password, email);
      await this.accounts.setPassword(manager, id, { hash, mustChange: false });
      const summary = `Set a new password for ${email}`;
      await this.audit.record(manager, { ...actor, action: 'account.password-reset', summary });
    });
  }

  /**
   * Removes the account; its sessions end with it.
   * @throws CodedError NOT_FOUND, LAST_ADMIN
   */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.accounts.change(async (manager) => {
      const { email } = await this.accounts.find(manager, id);
      await this.accounts.remove(manager, id);
      const summary = `Removed ${email}`;
      await this.audit.record(manager, { ...actor, action: 'account.removed', summary });
    });
  }
}
