import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { docker, eventually } from './docker.js';
import type { FleetTenant } from './fleet.js';
import { imageUnderTest } from './image-under-test.js';
import { images } from './requirements.js';

const operator = { email: 'operator@example.com', password: `operator-${randomUUID()}` };

interface Token {
  prefix: string;
  status: string;
}

/** A real Admin that a tenant's portal reaches as `http://admin:4000`, and this machine at `url`. */
export class FleetAdmin {
  readonly operator = operator;
  #cookie = '';

  private constructor(
    readonly url: string,
    private readonly name: string,
  ) {}

  static async start(tenant: FleetTenant): Promise<FleetAdmin> {
    const name = `${tenant.slug}-admin`;
    const port = await freePort();
    const admin = new FleetAdmin(`http://127.0.0.1:${port}`, name);
    await admin.remove();
    await docker('network', 'create', name);
    const password = randomUUID();
    const database = { POSTGRES_USER: 'fleet_user', POSTGRES_DB: 'admin_fleet', POSTGRES_PASSWORD: password };
    await run(name, `${name}-db`, ['--network-alias=database'], database, images.timescaledb);
    await eventually('Admin’s database is ready', 60, async () =>
      docker('exec', `${name}-db`, 'pg_isready', '-h', '127.0.0.1').then(
        () => true,
        () => false,
      ),
    );
    const settings = {
      APP: 'admin',
      PUBLIC_URL: admin.url,
      SESSION_SECRET: randomUUID(),
      DEFAULT_ADMIN_EMAIL: operator.email,
      DEFAULT_ADMIN_PASSWORD: operator.password,
      DATABASE_HOST: 'database',
      DATABASE_USER: 'fleet_user',
      DATABASE_PASSWORD: password,
    };
    await run(name, name, [`--publish=127.0.0.1:${port}:4000`], settings, imageUnderTest);
    await docker('network', 'connect', '--alias', 'admin', `${tenant.slug}_edge`, name);
    await eventually('Admin answers', 60, async () => {
      const answer = await fetch(`${admin.url}/health`).catch(() => undefined);
      return answer?.ok === true;
    });
    await admin.#signIn();
    return admin;
  }

  /** @returns the customer's first push token */
  async register(code: string): Promise<string> {
    const answer = await this.#ask('POST', '/api/customers', { code, name: code });
    const { token } = (await answer.json()) as { token: string };
    return token;
  }

  async tokens(code: string): Promise<Token[]> {
    const answer = await this.#ask('GET', `/api/customers/${code}/tokens`);
    const { tokens } = (await answer.json()) as { tokens: Token[] };
    return tokens;
  }

  async remove(): Promise<void> {
    for (const name of [this.name, `${this.name}-db`]) {
      await docker('rm', '--force', '--volumes', name).catch(() => undefined);
    }
    await docker('network', 'rm', this.name).catch(() => undefined);
  }

  async #signIn(): Promise<void> {
    const answer = await this.#ask('POST', '/api/session', operator);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    this.#cookie = cookies.join('; ');
  }

  async #ask(method: string, path: string, body?: object): Promise<Response> {
    const headers = {
      origin: this.url,
      cookie: this.#cookie,
      ...(body && { 'content-type': 'application/json' }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(new URL(path, this.url), init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

function run(network: string, name: string, args: string[], settings: Record<string, string>, image: string) {
  const variables = Object.entries(settings).map(([key, value]) => `--env=${key}=${value}`);
  return docker('run', '--detach', `--name=${name}`, `--network=${network}`, ...args, ...variables, image);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
