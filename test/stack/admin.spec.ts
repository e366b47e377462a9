import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker, eventually, healthOf, publishedPort } from './docker.js';
import { askPort } from './edge.js';
import { imageUnderTest } from './image-under-test.js';
import { images, skipsStack } from './requirements.js';

const network = 'wattfleet-admin-test';
const label = `wattfleet.test=${network}`;
const databasePassword = randomUUID();
const environment = {
  APP: 'admin',
  PUBLIC_URL: 'https://admin.example.com',
  SESSION_SECRET: randomUUID(),
  DEFAULT_ADMIN_EMAIL: 'operator@example.com',
  DEFAULT_ADMIN_PASSWORD: randomUUID(),
  DATABASE_HOST: 'database',
  DATABASE_USER: 'fleet_user',
  DATABASE_PASSWORD: databasePassword,
};
const variables = (values: Record<string, string>) =>
  Object.entries(values).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
const start = (...args: string[]) =>
  docker('run', '--detach', '--network', network, '--label', label, ...args);

async function removeAll(): Promise<void> {
  const ids = await docker('ps', '--all', '--quiet', '--filter', `label=${label}`);
  if (ids !== '') await docker('rm', '--force', '--volumes', ...ids.split('\n'));
  const networks = await docker('network', 'ls', '--quiet', '--filter', `label=${label}`);
  if (networks !== '') await docker('network', 'rm', ...networks.split('\n'));
}

describe.skipIf(skipsStack)('Admin from the same image', () => {
  let admin: string;

  beforeAll(async () => {
    await removeAll();
    await docker('network', 'create', '--label', label, network);
    const database = { POSTGRES_USER: 'fleet_user', POSTGRES_DB: 'admin_fleet' };
    const settings = variables({ ...database, POSTGRES_PASSWORD: databasePassword });
    const server = await start('--network-alias', 'database', ...settings, images.timescaledb);
    await eventually('the database is ready', 60, async () => {
      const ready = docker('exec', server, 'pg_isready', '-h', '127.0.0.1');
      return ready.then(
        () => true,
        () => false,
      );
    });
    const confined = ['--read-only', '--cap-drop', 'ALL', '--publish', '127.0.0.1::4000'];
    admin = await start(...confined, ...variables(environment), imageUnderTest);
  });

  afterAll(removeAll);

  it('becomes healthy by the image’s own health check', async () => {
    await expect.poll(() => healthOf(admin), { timeout: 60_000 }).toBe('healthy');
  });

  it('is ready on its database and serves its pages', async () => {
    const port = await publishedPort(admin, 4000);
    const ready = await askPort(port, '/health/ready');
    expect(JSON.parse(ready.body)).toMatchObject({ status: 'ok', details: { database: { status: 'up' } } });
    expect(ready.status).toBe(200);
    const page = await askPort(port, '/');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
  });

  it('stops at once and cleanly when asked to', async () => {
    await docker('stop', '--time', '20', admin);
    expect(await docker('inspect', '--format', '{{.State.ExitCode}}', admin)).toBe('0');
  });
});
