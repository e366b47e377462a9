import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { ServerSettings } from '../settings.js';
import { SERVER_SETTINGS } from '../tokens.js';
import { Account } from './account.entity.js';
import { hashPassword, verifyPassword } from './passwords.js';

@Injectable()
export class SignInService implements OnModuleInit {
  private readonly logger = new Logger('SignIn');

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SERVER_SETTINGS) private readonly settings: ServerSettings,
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

  /** @returns undefined for an unknown e-mail as for a wrong password, after the same work */
  async authenticate(email: string, password: string): Promise<Account | undefined> {
    const account = await this.dataSource.getRepository(Account).findOneBy({ email });
    const matches = await verifyPassword(account?.passwordHash, password);
    return matches && account !== null ? account : undefined;
  }

  async findAccount(id: string): Promise<Account | undefined> {
    return (await this.dataSource.getRepository(Account).findOneBy({ id })) ?? undefined;
  }
}
