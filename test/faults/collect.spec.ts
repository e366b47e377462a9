import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseAddress } from '#libs/database';
import { openPortalDatabase } from '../../apps/portal/src/portal.database.js';
import { adminAccount } from '../integration/api-client.js';
import { createServerDatabase, databaseEnvironment } from '../integration/server-database.js';
import { SftpServer, skipsSftp } from '../programs/sftp-server.js';
import { Customer } from './collect/customer.js';
import { expectCurvesReportsAndDashboards } from './collect/what-people-see.js';
import { Program } from './fleet/program.js';
import { Random } from './fleet/random.js';

const { TEST_DATABASE_URL: serverUrl, COLLECT_KILLS, FAULT_SEED } = process.env;
// An embedded database takes its time to come back.
const kills = Number(COLLECT_KILLS ?? (serverUrl === undefined ? 3 : 6));
const seed = Number(FAULT_SEED ?? Date.now() % 1_000_000);
const secret = 'a-secret-of-the-hook';
const port = 20_000 + (process.pid % 20_000);

interface Row {
  row: string;
}

describe.skipIf(skipsSftp)('a portal that collects and is killed', () => {
  let folder: string;
  let dashboards: string;
  let server: SftpServer;
  let portal: Program;
  let address: DatabaseAddress;
  let drop = () => Promise.resolve();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'collect-'));
    dashboards = path.join(folder, 'dashboards');
    await mkdir(dashboards);
    server = await SftpServer.start();
    address = { kind: 'embedded', folder: path.join(folder, 'database') };
    if (serverUrl !== undefined) ({ address, drop } = await createServerDatabase(serverUrl));
    portal = new Program('portal', 'portal', environment(), folder);
  });
  afterAll(async () => {
    await portal.end('SIGKILL');
    await server.close();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  function environment(): Record<string, string> {
    return {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'warn',
      SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      DEFAULT_ADMIN_EMAIL: adminAccount.email,
      DEFAULT_ADMIN_PASSWORD: adminAccount.password,
      IMPORT_INTERVAL_SECONDS: '5',
      IMPORT_SETTLE_SECONDS: '1',
      IMPORT_HOOK_SECRET: secret,
      GRAFANA_DASHBOARDS_DIR: dashboards,
      ...databaseEnvironment(address),
      ...server.environment(),
    };
  }

  /** As SFTPGo does after an upload; a portal that is being started hears of it from the clock. */
  async function sendHook(): Promise<void> {
    const headers = { authorization: `Bearer ${secret}` };
    const url = `http://127.0.0.1:${port}/api/imports/hooks/sftpgo`;
    await fetch(url, { method: 'POST', headers }).catch(() => undefined);
  }

  it('ends with exactly the rows that were sent, their curves, reports and dashboards', async () => {
    console.log(`FAULT_SEED=${seed}`);
    const random = new Random(seed);
    const customer = await Customer.start(server, random);
    const sending = customer.sendUntilStopped(sendHook);
    for (let kill = 0; kill < kills; kill += 1) {
      await portal.start();
      await delay(random.integer(500, 3_500));
      await portal.end('SIGKILL');
    }
    customer.stop();
    await sending;
    await portal.start();
    await expect
      .poll(() => customer.waiting(), { timeout: 180_000, interval: 300, message: portal.output })
      .toEqual([]);
    await expectCurvesReportsAndDashboards(`http://127.0.0.1:${port}`, dashboards);
    await portal.end('SIGTERM');
    await customer.close();

    console.log(`seed ${seed}:`, Object.fromEntries(customer.sent));
    const { dataSource, close } = await openPortalDatabase(address, () => undefined);
    const rows: Row[] = await dataSource.query(
      `SELECT concat_ws(' ', slug, serial, (extract(epoch FROM time) * 1000)::bigint, value) AS row
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
       JOIN monitoring.device ON device.id = device_id JOIN monitoring.site ON site.id = site_id`,
    );
    await close();
    const stored = rows.map(({ row }) => row).toSorted();
    const expected = customer.expectedRows();
    expect(stored.length).toBe(expected.length);
    expect(stored).toEqual(expected);
    expect(expected.length).toBeGreaterThan(500);
  });
});
