import { Inject, Logger, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import {
  openDatabase,
  PolicyRunner,
  type Database,
  type DatabaseAddress,
  type DatabaseDefinition,
} from '#libs/database';
import { DATABASE } from './tokens.js';

/** What the app's module says of its database. */
export interface DatabaseModuleOptions extends Omit<DatabaseDefinition, 'log'> {
  address: DatabaseAddress;
  /** Rollups and policies, made idempotently at every start. */
  prepare: (dataSource: DataSource, log: (line: string) => void) => Promise<void>;
}

/** Opens, migrates and prepares the database before anything that needs it is made, so before traffic is accepted. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  private readonly logger = new Logger('Database');
  private readonly policies: PolicyRunner;
  private running = false;

  constructor(@Inject(DATABASE) private readonly database: Database) {
    this.policies = new PolicyRunner(database.dataSource);
  }

  static register(options: DatabaseModuleOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: DATABASE, useFactory: () => open(options) },
        { provide: DataSource, useFactory: (database: Database) => database.dataSource, inject: [DATABASE] },
      ],
      exports: [DATABASE, DataSource],
    };
  }

  @Cron(CronExpression.EVERY_MINUTE)
  async runPolicies(): Promise<void> {
    if (!this.database.needsPolicyRunner || this.running) return;
    this.running = true;
    try {
      await this.policies.runDue(Date.now());
    } catch (error) {
      this.logger.error({ err: error }, 'A policy of the embedded database failed');
    } finally {
      this.running = false;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

async function open(options: DatabaseModuleOptions): Promise<Database> {
  const logger = new Logger('Database');
  const log = (line: string) => logger.log(line);
  const database = await openDatabase(options.address, { ...options, log });
  try {
    await options.prepare(database.dataSource, log);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
