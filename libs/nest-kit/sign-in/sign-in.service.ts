import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Secret } from '#libs/config';
import { CodedError } from '#libs/errors';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import { Account } from './account.entity.js';
import { updateLastSignedIn, updatePassword } from './accounts.queries.js';
import { PasswordRules } from './password-rules.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { SessionEvents, type SessionEvent } from './session-events.js';
import { Sessions } from './sessions.js';

@Injectable()
export class SignInService implements OnModuleInit {
  private readonly logger = new Logger('SignIn');

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SERVER_SETTINGS) private readonly settings: ServerSettings,
    private readonly events: SessionEvents,
    private readonly sessions: Sessions,
    private readonly rules: PasswordRules,
  ) {}

  /** Makes the first account; one line in the log on the first start, none later. */
  async onModuleInit(): Promise<void> {
    const accounts = this.dataSource.getRepository(Account);
    if ((await accounts.count()) > 0) return;
    const { email, password } = this.settings.defaultAdmin;
    await accounts
      .createQueryBuilder()
      .insert()
      .values({ id: uuid(), email, role: 'admin', passwordHash: await hashPassword(password) })
      .orIgnore()
      .execute();
    this.logger.log(`Seeded default admin ${email}`);
  }

  /** @returns undefined for an unknown e-mail as for a wrong password or a disabled account, after the same work */
  async authenticate(email: string, password: string): Promise<Account | undefined> {
    const account = await this.dataSource.getRepository(Account).findOneBy({ email });
    const matches = await verifyPassword(account?.passwordHash, password);
    return matches && account !== null && account.disabledAt === null ? account : undefined;
  }

  record(event: SessionEvent): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      if (event.kind === 'signed-in') await updateLastSignedIn(manager, event.account.id);
      await this.events.tell(manager, event);
    });
  }

  /**
   * Sets the password of the account and ends its sessions but the one of the request.
   * @throws CodedError PASSWORD_WRONG when `current` is not its password; PASSWORD_UNCHANGED, PASSWORD_COMMON
   */
  async changePassword(
    account: Account,
    current: string,
    password: string,
    request: { id: string; session: { sessionId: string } },
  ): Promise<void> {
    if (!(await verifyPassword(account.passwordHash, current))) {
      const problems = [{ path: 'current', message: 'is not your present password' }];
      throw new CodedError('PASSWORD_WRONG', { problems });
    }
    if (password === current) {
      const problems = [{ path: 'password', message: 'is the same as your present password' }];
      throw new CodedError('PASSWORD_UNCHANGED', { problems });
    }
    this.rules.check(password, account.email);
    const hash = await hashPassword(new Secret(password));
    await this.sessions.change(async (manager) => {
      await updatePassword(manager, account.id, { hash, mustChange: false });
      await this.sessions.endAll(manager, account.id, request.session.sessionId);
      await this.events.tell(manager, { kind: 'password-changed', account, requestId: request.id });
    });
  }
}
