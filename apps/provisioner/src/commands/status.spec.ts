import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { containerLine, FakeDocker, rootWithTenant, wattfleet } from '../testing/provisioner.fixtures.js';

const services = ['portal', 'timescaledb', 'grafana'];
const images: Record<string, string> = {
  portal: 'wattfleet:0.0.9',
  timescaledb: 'timescale/timescaledb:2.22.1-pg17',
  grafana: 'grafana/grafana:11.4.0',
};

function engine(project = 'abc0001') {
  const lines = services.map((service) => containerLine({ project, service, image: images[service] ?? '' }));
  return new FakeDocker()
    .answer(/^ps /, lines.join('\n'))
    .answer(/^stats /, services.map((service) => `id-of-${project}-${service}\t12.5MiB / 512MiB`).join('\n'));
}

describe('status', () => {
  it('tells of one tenant in JSON, with memory, drift and its last backup', async () => {
    const { root } = await rootWithTenant();
    for (const at of ['20261119T010000Z', '20261120T010000Z']) {
      mkdirSync(path.join(root, 'backups', 'abc0001', `abc0001-${at}`), { recursive: true });
    }
    mkdirSync(path.join(root, 'backups', 'abc0001', '.draft'));
    const { exitCode, stdout } = await wattfleet(root, ['status', 'ABC0001', '--json'], { docker: engine() });
    expect(exitCode).toBe(0);
    const { tenants } = JSON.parse(stdout) as { tenants: object[] };
    expect(tenants).toMatchObject([
      {
        tenant: 'abc0001',
        state: 'healthy',
        push: 'off',
        lastBackupAt: '2026-11-20T01:00:00.000Z',
        drift: [{ service: 'portal', runs: 'wattfleet:0.0.9' }],
        containers: [{ service: 'portal', uptime: '3 minutes', memoryBytes: 13_107_200 }, {}, {}],
      },
    ]);
  });

  it('is one line of a tenant that has no containers', async () => {
    const { root } = await rootWithTenant();
    const { stdout } = await wattfleet(root, ['status', 'ABC0001'], { docker: new FakeDocker() });
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^Tenant +State/),
      expect.stringMatching(/^abc0001 +stopped/),
    ]);
  });

  it('is a table of all tenants without a code, and asks many for no memory', async () => {
    const { root } = await rootWithTenant();
    for (let number = 2; number < 8; number++) {
      await wattfleet(root, ['create', `ABC000${number}`, '--host', `${number}.example.com`]);
    }
    const docker = engine();
    const { stdout } = await wattfleet(root, ['status'], { docker });
    expect(stdout).toMatch(/^abc0001 +healthy +3 minutes +wattfleet:0\.0\.9 +off +none +portal: wattfleet:/m);
    expect(stdout).toMatch(/^abc0007 +stopped/m);
    expect(docker.calls.filter((call) => call.startsWith('stats'))).toEqual([]);
  });

  it('goes on past a tenant that cannot be read', async () => {
    const { root, edit } = await rootWithTenant();
    await wattfleet(root, ['create', 'ABC0002', '--host', 'two.example.com']);
    edit('tenant.yaml', /$/, 'limit: 1\n');
    const { exitCode, stdout, stderr } = await wattfleet(root, ['status'], { docker: engine('abc0002') });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('abc0001: The files of the tenant are not valid');
    expect(stdout).toMatch(/^abc0002 +healthy/m);
  });
});
