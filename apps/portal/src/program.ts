import 'reflect-metadata';
import type { Environment } from '#libs/config';
import { appCommandLine, runCommandLine, startApp } from '#libs/nest-kit';
import { addSetPasswordCommand } from './accounts/set-password.command.js';
import { addImportCommand } from './imports/import.command.js';
import { readPortalSettings } from './portal.config.js';
import { PortalModule } from './portal.module.js';

/** The portal's command line. */
export async function runPortal(environment: Environment, healthUrl: string): Promise<void> {
  const serve = async () => {
    const settings = readPortalSettings(environment);
    await startApp(PortalModule.register(settings), settings.server);
  };
  const program = appCommandLine('portal', serve, () => healthUrl);
  addImportCommand(program, environment);
  addSetPasswordCommand(program, environment);
  await runCommandLine(program);
}
