import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FleetPushStatus, FleetTotals, ImportDatabaseTotals, ImportRunSummary } from '#libs/contracts';
import { ApiClient } from '../../scripts/demo/api-client.js';
import { AppProcess } from '../../scripts/demo/app-process.js';
import { startImport } from '../../scripts/demo/steps.js';
import { demoMeterFiles } from '../fixtures/meter-files.js';
import type { DemoPorts } from '../programs/demo-program.js';

const dayMs = 86_400_000;

/** The built Admin and one portal, each on an embedded database in `folder`. */
export class Programs {
  readonly email = 'ops@wattfleet.example';
  readonly password = randomBytes(16).toString('hex');
  readonly adminUrl: string;
  readonly portalUrl: string;
  readonly #sessionSecret = randomBytes(32).toString('hex');
  #admin: AppProcess | undefined;
  #portal: AppProcess | undefined;
  #imports = 0;

  constructor(
    private readonly folder: string,
    private readonly ports: DemoPorts,
  ) {
    this.adminUrl = `http://127.0.0.1:${ports.ADMIN_PORT}`;
    this.portalUrl = `http://127.0.0.1:${ports.PORTAL_PORT}`;
  }

  async startAdmin(): Promise<void> {
    this.#admin = await this.#start('admin', this.ports.ADMIN_PORT, this.adminUrl, {});
  }

  async startPortal(token: string): Promise<void> {
    this.#portal = await this.#start('portal', this.ports.PORTAL_PORT, this.portalUrl, {
      IMPORT_FOLDER: path.join(this.folder, 'import'),
      IMPORT_SETTLE_SECONDS: '0',
      FLEET_INGEST_ENABLED: 'true',
      FLEET_INGEST_URL: this.adminUrl,
      FLEET_INGEST_TOKEN: token,
      FLEET_INGEST_INTERVAL_SECONDS: '1',
    });
  }

  async stopPortal(): Promise<void> {
    await this.#portal?.stop();
  }

  async stop(): Promise<void> {
    await this.stopPortal();
    await this.#admin?.stop();
  }

  /** Imports meter files of days that were not imported before. */
  async importMore(): Promise<void> {
    this.#imports += 1;
    const generatedAt = new Date(Date.now() - this.#imports * 20 * dayMs);
    for (const { path: file, content } of demoMeterFiles(generatedAt).slice(0, 3)) {
      const target = path.join(this.folder, 'import', file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(`${target}.part`, content);
      await rename(`${target}.part`, target);
    }
    const portal = await this.#signInTo(this.portalUrl);
    const runId = await startImport(portal);
    for (;;) {
      const { runs } = await portal.get<{ runs: ImportRunSummary[] }>('/api/imports/runs');
      if (runs.some(({ id, finishedAt }) => id === runId && finishedAt !== null)) return;
      await delay(100);
    }
  }

  /** @throws Error when Admin then has not exactly as many measurements as the portal */
  async untilAllIsPushed(): Promise<void> {
    const portal = await this.#signInTo(this.portalUrl);
    const admin = await this.#signInTo(this.adminUrl);
    for (;;) {
      const status = await portal.get<FleetPushStatus>('/api/fleet-push/status');
      if (status.state === 'held') throw new Error(`the push is held: ${JSON.stringify(status.lastError)}`);
      if (status.unsentBatches === 0 && status.state === 'idle') break;
      await delay(100);
    }
    const stored = await portal.get<ImportDatabaseTotals>('/api/imports/totals');
    const fleet = await admin.get<FleetTotals>('/api/fleet/totals');
    if (stored.measurements === 0 || stored.measurements !== fleet.measurements) {
      throw new Error(`the portal has ${stored.measurements} measurements, Admin ${fleet.measurements}`);
    }
  }

  #signInTo(url: string): Promise<ApiClient> {
    return ApiClient.signIn(url, this.email, this.password);
  }

  #start(name: 'portal' | 'admin', port: string, url: string, more: Record<string, string>) {
    const environment = {
      NODE_ENV: 'production',
      PORT: port,
      PUBLIC_URL: url,
      DATABASE_EMBEDDED_FOLDER: path.join(this.folder, `${name}-database`),
      SESSION_SECRET: this.#sessionSecret,
      DEFAULT_ADMIN_EMAIL: this.email,
      DEFAULT_ADMIN_PASSWORD: this.password,
      ...more,
    };
    return AppProcess.start(
      { name, environment, logFolder: path.join(this.folder, 'logs') },
      () => undefined,
    );
  }
}
