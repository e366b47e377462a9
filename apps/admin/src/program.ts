import 'reflect-metadata';
import type { Environment } from '#libs/config';
import { appCommandLine, runCommandLine, startApp } from '#libs/nest-kit';
import { readAdminSettings } from './admin.config.js';
import { AdminModule } from './admin.module.js';
import { acceptBatchStreams } from './ingest/batch-body.js';

/** Admin's command line. */
export async function runAdmin(environment: Environment, healthUrl: string): Promise<void> {
  const serve = async () => {
    const settings = readAdminSettings(environment);
    await startApp(AdminModule.register(settings), settings.server, acceptBatchStreams);
  };
  await runCommandLine(appCommandLine('admin', serve, () => healthUrl));
}
