/** `npm start`: the whole of Wattfleet on one machine, from a rendered tenant to the fleet operator's view. */
import path from 'node:path';
import { CommanderError } from 'commander';
import pc from 'picocolors';
import { endWhenOutputCloses } from '#libs/config';
import { CodedError } from '#libs/errors';
import { ApiClient } from './api-client.js';
import type { AppProcess } from './app-process.js';
import { openDataFolder } from './data-folder.js';
import { fillImportFolder } from './import-folder.js';
import { readOptions, type DemoOptions } from './options.js';
import { Progress } from './progress.js';
import { isComplete, showTable, summarise, type Summary } from './summary.js';
import {
  adminEmail,
  adminUrl,
  fleetTotals,
  importFolder,
  importWaiting,
  portalEmail,
  portalUrl,
  registerCustomer,
  startAdmin,
  startPortal,
  waitForPush,
} from './steps.js';
import { TenantStack } from './tenant-stack.js';

const running: AppProcess[] = [];

async function stopAll(): Promise<void> {
  // The portal first: it may be sending to Admin.
  for (const app of running.splice(0).toReversed()) await app.stop();
}

async function runAll(options: DemoOptions, progress: Progress): Promise<Summary> {
  const { dataFolder, meterFiles } = options;
  const state = await openDataFolder(options);
  const stack = new TenantStack(path.join(dataFolder, 'stacks'));
  await progress.step('stack', 'Rendering the stack of tenant ABC0001', () =>
    stack.create(adminUrl(options)),
  );
  await progress.step('admin', 'Starting Admin', async () => {
    running.push(await startAdmin(options, state, progress));
  });
  const admin = await ApiClient.signIn(adminUrl(options), adminEmail, state.adminPassword);
  await progress.step('register', 'Registering the customer', () => registerCustomer(admin, stack));
  await progress.step('files', 'Copying meter files', () =>
    fillImportFolder(importFolder(options), meterFiles, state.generatedAt),
  );
  await progress.step('portal', 'Starting the portal', async () => {
    running.push(await startPortal(options, stack, progress));
  });
  const portalPassword = (await stack.secrets()).get('DEFAULT_ADMIN_PASSWORD') ?? '';
  const portal = await ApiClient.signIn(portalUrl(options), portalEmail, portalPassword);
  const totals = await progress.step('import', 'Importing meter files', () =>
    importWaiting(portal, progress),
  );
  const status = await progress.step('push', 'Pushing to Admin', () => waitForPush(portal, progress));
  const fleet = await fleetTotals(admin);
  const signIns = {
    portal: { url: portalUrl(options), email: portalEmail, password: portalPassword },
    admin: { url: adminUrl(options), email: adminEmail, password: state.adminPassword },
  };
  return summarise({ totals, status, fleet, stackFiles: stack.files(), seconds: progress.seconds, signIns });
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // Whoever started us has gone, however it ended.
    process.once('disconnect', () => resolve());
  });
  const stopped = interrupted.then(() => 'stopped' as const);
  try {
    const summary = await Promise.race([runAll(options, new Progress()), stopped]);
    if (summary === 'stopped') return 130;
    if (options.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
    else process.stdout.write(showTable(summary, options));
    const code = isComplete(summary) ? 0 : 1;
    if (options.once) return code;
    process.stdout.write(pc.dim('\nCtrl-C stops everything; the next start goes on with the same data.\n'));
    const ended = Promise.race(running.map((app) => new Promise<void>((resolve) => app.onExit(resolve))));
    await Promise.race([stopped, ended]);
    return code;
  } finally {
    await stopAll();
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${pc.red('error')} ${message}\n`);
  return error instanceof CodedError && error.code === 'USAGE' ? 64 : 1;
}

endWhenOutputCloses();
process.exit(await main().catch(report));
