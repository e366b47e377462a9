import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  CustomerWithToken,
  FleetPushStatus,
  FleetTotals,
  ImportDatabaseTotals,
  ImportRunSummary,
} from '#libs/contracts';
import { ApiClient, ApiProblem } from './api-client.js';
import { AppProcess } from './app-process.js';
import type { DemoState } from './data-folder.js';
import type { DemoOptions } from './options.js';
import type { Progress } from './progress.js';
import { tenantCode, type TenantStack } from './tenant-stack.js';

export const adminEmail = 'ops@wattfleet.example';

export function adminUrl(options: DemoOptions): string {
  return `http://127.0.0.1:${options.adminPort}`;
}

export function portalUrl(options: DemoOptions): string {
  return `http://127.0.0.1:${options.portalPort}`;
}

export function startAdmin(options: DemoOptions, state: DemoState, progress: Progress): Promise<AppProcess> {
  const environment = {
    NODE_ENV: 'production',
    PORT: String(options.adminPort),
    PUBLIC_URL: adminUrl(options),
    DATABASE_EMBEDDED_FOLDER: path.join(options.dataFolder, 'admin-database'),
    SESSION_SECRET: state.adminSessionSecret,
    DEFAULT_ADMIN_EMAIL: adminEmail,
    DEFAULT_ADMIN_PASSWORD: state.adminPassword,
  };
  return startApp('admin', environment, options, progress);
}

/** The portal runs with the secrets of the rendered stack; only what the stack's containers bring is local. */
export async function startPortal(
  options: DemoOptions,
  stack: TenantStack,
  progress: Progress,
): Promise<AppProcess> {
  const secrets = await stack.secrets();
  const brandingFolder = path.join(options.dataFolder, 'branding');
  await mkdir(brandingFolder, { recursive: true });
  const take = (name: string) => ({ [name]: secrets.get(name) ?? '' });
  const environment = {
    NODE_ENV: 'production',
    PORT: String(options.portalPort),
    PUBLIC_URL: portalUrl(options),
    DATABASE_EMBEDDED_FOLDER: path.join(options.dataFolder, 'portal-database'),
    DEFAULT_ADMIN_EMAIL: portalEmail,
    WHITE_LABEL_APPLICATION_NAME: 'Acme Power Monitoring',
    BRANDING_DIR: brandingFolder,
    IMPORT_FOLDER: importFolder(options),
    // The files were copied before the portal started.
    IMPORT_SETTLE_SECONDS: '0',
    FLEET_INGEST_ENABLED: 'true',
    FLEET_INGEST_URL: adminUrl(options),
    ...take('SESSION_SECRET'),
    ...take('DEFAULT_ADMIN_PASSWORD'),
    ...take('FLEET_INGEST_TOKEN'),
  };
  return startApp('portal', environment, options, progress);
}

export const portalEmail = `admin@${tenantCode.toLowerCase()}.example`;

export function importFolder(options: DemoOptions): string {
  return path.join(options.dataFolder, 'import');
}

/** Registers the customer, or issues a token where a run was killed between the registration and the `.env`. */
export async function registerCustomer(admin: ApiClient, stack: TenantStack): Promise<void> {
  if ((await stack.secrets()).get('FLEET_INGEST_TOKEN')) return;
  const { token } = await admin
    .post<CustomerWithToken>('/api/customers', { code: tenantCode, name: 'Acme Corp' })
    .catch((error: unknown) => {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'CUSTOMER_EXISTS') throw error;
      return admin.post<CustomerWithToken>(`/api/customers/${tenantCode}/tokens`, { name: 'demo' });
    });
  await stack.setFleetToken(token);
}

/** Imports what waits, and goes on until nothing does. */
export async function importWaiting(portal: ApiClient, progress: Progress): Promise<ImportDatabaseTotals> {
  const runId = await startImport(portal);
  for (;;) {
    const { runs } = await portal.get<{ runs: ImportRunSummary[] }>('/api/imports/runs');
    const run = runs.find((candidate) => candidate.id === runId);
    if (run?.finishedAt) break;
    progress.update(`${run?.totals.files ?? 0} files, ${run?.totals.points ?? 0} points`);
    await delay(100);
  }
  return portal.get('/api/imports/totals');
}

/** The portal imports by itself too; then it is waited for. */
export async function startImport(portal: ApiClient): Promise<string> {
  for (;;) {
    try {
      return (await portal.post<{ runId: string }>('/api/imports/runs')).runId;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'IMPORT_RUNNING') throw error;
      await delay(200);
    }
  }
}

/** Waits until Admin has acknowledged everything. */
export async function waitForPush(portal: ApiClient, progress: Progress): Promise<FleetPushStatus> {
  for (;;) {
    const status = await portal.get<FleetPushStatus>('/api/fleet-push/status');
    if (status.quarantinedBatches > 0)
      throw new Error(`Admin refused a batch: ${status.lastError?.message ?? ''}`);
    if (status.unsentBatches === 0) return status;
    const error = status.lastError === null ? '' : ` (${status.lastError.code}: ${status.lastError.message})`;
    progress.update(`${status.unsentBatches} batches, ${status.unsentRows} rows to go${error}`);
    await delay(100);
  }
}

export function fleetTotals(admin: ApiClient): Promise<FleetTotals> {
  return admin.get('/api/fleet/totals');
}

function startApp(
  name: 'portal' | 'admin',
  environment: Record<string, string>,
  options: DemoOptions,
  progress: Progress,
): Promise<AppProcess> {
  const logFolder = path.join(options.dataFolder, 'logs');
  return AppProcess.start({ name, environment, logFolder }, () =>
    progress.update('waiting for a former run to end'),
  );
}
