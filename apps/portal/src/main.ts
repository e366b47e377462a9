import 'reflect-metadata';
import { appCommandLine, runCommandLine, startApp } from '#libs/nest-kit';
import { addSetPasswordCommand } from './accounts/set-password.command.js';
import { addImportCommand } from './imports/import.command.js';
import { readPortalSettings } from './portal.config.js';
import { PortalModule } from './portal.module.js';

// The one place of the portal that reads the process's environment.
// oxlint-disable-next-line node/no-process-env
const environment = process.env;

async function serve(): Promise<void> {
  const settings = readPortalSettings(environment);
  await startApp(PortalModule.register(settings), settings.server);
}

const program = appCommandLine(
  'portal',
  serve,
  () => `http://127.0.0.1:${environment['PORT'] ?? 4100}/health`,
);
addImportCommand(program, environment);
addSetPasswordCommand(program, environment);
await runCommandLine(program);
