import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import type { CustomerWithToken, FleetPushStatus } from '#libs/contracts';
import { adminAccount, ApiClient } from '../../integration/api-client.js';
import {
  createServerDatabase,
  databaseEnvironment,
  type ServerDatabase,
} from '../../integration/server-database.js';
import { ChaosProxy } from './chaos-proxy.js';
import { Program } from './program.js';

/** One Admin, one customer with two portal processes on one database, and a proxy between them that can misbehave. */
export class FleetUnderTest {
  private constructor(
    private readonly folder: string,
    private readonly databases: ServerDatabase[],
    readonly admin: Program,
    readonly portals: readonly [Program, Program],
    readonly proxy: ChaosProxy,
    readonly portalDatabase: DataSource,
    readonly adminDatabase: DataSource,
    private readonly portalUrl: string,
  ) {}

  /** @param serverUrl of a TimescaleDB server; two databases are made on it, and dropped at the end */
  static async start(serverUrl: string): Promise<FleetUnderTest> {
    const folder = await mkdtemp(path.join(tmpdir(), 'wattfleet-fleet-'));
    const [portalDb, adminDb] = [
      await createServerDatabase(serverUrl),
      await createServerDatabase(serverUrl),
    ];
    const [adminPort, ...portalPorts] = [await freePort(), await freePort(), await freePort()];
    const adminUrl = `http://127.0.0.1:${adminPort}`;
    const admin = new Program(
      'admin',
      'admin',
      { ...common(adminUrl), ...databaseEnvironment(adminDb.address) },
      folder,
    );
    await admin.start();
    const operator = await ApiClient.signedIn(adminUrl);
    const registered = await operator.post<CustomerWithToken>('/api/customers', {
      code: 'ABC0001',
      name: 'Acme',
    });
    const proxy = await ChaosProxy.start(adminUrl);
    const portalPrograms = portalPorts.map((port, index) => {
      const own = common(`http://127.0.0.1:${port}`);
      const environment = {
        ...own,
        ...databaseEnvironment(portalDb.address),
        ...pushTo(proxy, registered.body.token),
      };
      return new Program(`portal-${index + 1}`, 'portal', environment, folder);
    });
    const [first, second] = portalPrograms;
    if (first === undefined || second === undefined) throw new Error('there are two ports');
    await first.start();
    await second.start();
    return new FleetUnderTest(
      folder,
      [portalDb, adminDb],
      admin,
      [first, second],
      proxy,
      await connect(portalDb),
      await connect(adminDb),
      `http://127.0.0.1:${portalPorts[0]}`,
    );
  }

  /** Ends all mischief and asks the portal to send what it holds back. */
  async calm(): Promise<void> {
    await this.proxy.calm();
    for (const program of [this.admin, ...this.portals]) {
      program.shiftClock(0);
      await program.start();
    }
    const user = await ApiClient.signedIn(this.portalUrl);
    await user.post('/api/fleet-push/retry');
  }

  async pushStatus(): Promise<FleetPushStatus> {
    const user = await ApiClient.signedIn(this.portalUrl);
    return (await user.get<FleetPushStatus>('/api/fleet-push/status')).body;
  }

  async stop(): Promise<void> {
    for (const program of [...this.portals, this.admin]) await program.end('SIGTERM');
    await this.proxy.close();
    await this.portalDatabase.destroy();
    await this.adminDatabase.destroy();
    for (const database of this.databases) await database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function common(publicUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: new URL(publicUrl).port,
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'warn',
    SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
    DEFAULT_ADMIN_EMAIL: adminAccount.email,
    DEFAULT_ADMIN_PASSWORD: adminAccount.password,
    IMPORT_INTERVAL_SECONDS: '86400',
    IMPORT_SETTLE_SECONDS: '0',
  };
}

function pushTo(proxy: ChaosProxy, token: string): Record<string, string> {
  return {
    FLEET_INGEST_ENABLED: 'true',
    FLEET_INGEST_URL: proxy.url,
    FLEET_INGEST_TOKEN: token,
    FLEET_INGEST_INTERVAL_SECONDS: '1',
  };
}

/** Under another name than the programs', whose connections are ended now and then. */
function connect({ address }: ServerDatabase): Promise<DataSource> {
  const { host, port, name: database, user: username, password, poolSize } = address;
  const access = { host, port, database, username, password: password.reveal(), poolSize };
  return new DataSource({ type: 'postgres', ...access, applicationName: 'fault test' }).initialize();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
