import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { startApp } from '#libs/nest-kit';
import { readAdminSettings } from '../../apps/admin/src/admin.config.js';
import { AdminModule } from '../../apps/admin/src/admin.module.js';
import { acceptBatchStreams } from '../../apps/admin/src/ingest/batch-body.js';
import { readPortalSettings } from '../../apps/portal/src/portal.config.js';
import { PortalModule } from '../../apps/portal/src/portal.module.js';
import { adminAccount } from './api-client.js';
import { createTestDatabase, databaseEnvironment, type TestDatabase } from './test-database.js';

export { adminAccount } from './api-client.js';
export const publicUrl = 'http://wattfleet.test';

/** Nothing happens by itself: schedules are far away, and logs are off. */
const quiet = {
  NODE_ENV: 'production',
  PUBLIC_URL: publicUrl,
  LOG_LEVEL: 'silent',
  SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  DEFAULT_ADMIN_EMAIL: adminAccount.email,
  DEFAULT_ADMIN_PASSWORD: adminAccount.password,
};
const quietAdmin = { ALERT_INTERVAL_SECONDS: '86400' };
const quietPortal = {
  IMPORT_INTERVAL_SECONDS: '86400',
  IMPORT_SETTLE_SECONDS: '0',
  FLEET_INGEST_INTERVAL_SECONDS: '86400',
  ALERT_INTERVAL_SECONDS: '86400',
};

export interface StartOptions {
  /** An own database unless given; then it is left when the app closes. */
  database?: TestDatabase;
  /** Variables beside those that every test wants. */
  environment?: Record<string, string>;
  /** Called before the app's routes are made. */
  configure?: (app: NestFastifyApplication) => void;
}

/** The real app in this process, on a free port. */
export interface RunningApp {
  app: NestFastifyApplication;
  url: string;
  dataSource: DataSource;
  close: () => Promise<void>;
}

export function startPortal(options: StartOptions = {}): Promise<RunningApp> {
  return start(options, (environment, configure) => {
    const settings = readPortalSettings({ ...quiet, ...quietPortal, ...environment });
    const server = { ...settings.server, port: 0 };
    return startApp(PortalModule.register({ ...settings, server }), server, configure);
  });
}

export function startAdmin(options: StartOptions = {}): Promise<RunningApp> {
  return start(options, (environment, configure) => {
    const settings = readAdminSettings({ ...quiet, ...quietAdmin, ...environment });
    const server = { ...settings.server, port: 0 };
    return startApp(AdminModule.register({ ...settings, server }), server, (app) => {
      acceptBatchStreams(app);
      configure(app);
    });
  });
}

type StartWith = (
  environment: Record<string, string>,
  configure: (app: NestFastifyApplication) => void,
) => Promise<NestFastifyApplication>;

async function start(
  { database, environment, configure = () => undefined }: StartOptions,
  startWith: StartWith,
): Promise<RunningApp> {
  const own = database ?? (await createTestDatabase());
  const app = await startWith({ ...databaseEnvironment(own.address), ...environment }, configure);
  const close = async () => {
    await app.close();
    if (database === undefined) await own.drop();
  };
  return { app, url: await app.getUrl(), dataSource: app.get(DataSource), close };
}
