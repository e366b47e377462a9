import 'reflect-metadata';
import { appCommandLine, runCommandLine, startApp } from '#libs/nest-kit';
import { readAdminSettings } from './admin.config.js';
import { AdminModule } from './admin.module.js';
import { acceptBatchStreams } from './ingest/batch-body.js';

// The one place of Admin that reads the process's environment.
// oxlint-disable-next-line node/no-process-env
const environment = process.env;

async function serve(): Promise<void> {
  const settings = readAdminSettings(environment);
  await startApp(AdminModule.register(settings), settings.server, acceptBatchStreams);
}

await runCommandLine(
  appCommandLine('admin', serve, () => `http://127.0.0.1:${environment['PORT'] ?? 4000}/health`),
);
