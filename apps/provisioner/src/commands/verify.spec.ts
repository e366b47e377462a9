import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { FakeDocker, rootWithTenant, wattfleet } from '../testing/provisioner.fixtures.js';

describe('verify', () => {
  it('shows every finding of one tenant with its remedy, and fails for errors', async () => {
    const { root } = await rootWithTenant();
    const { exitCode, stdout } = await wattfleet(root, ['verify', 'ABC0001'], { docker: new FakeDocker() });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^abc0001\n {2}error {4}containers: portal has no container\n {10} → wattfleet up abc0001\n/,
    );
    expect(stdout).toContain('  skipped  ready: portal does not run\n');
    expect(stdout).toContain('  ok       permissions: ');
    expect(stdout).toMatch(/\d+ ok, \d+ warnings?, 3 errors, \d+ skipped\.\n$/);
  });

  it('shows only what is wrong of several, and goes on past one that cannot be read', async () => {
    const { root, edit } = await rootWithTenant();
    await wattfleet(root, ['create', 'ABC0002', '--host', 'two.example.com']);
    edit('tenant.yaml', /$/, 'limit: 1\n');
    const { exitCode, stdout, stderr } = await wattfleet(root, ['verify', '--all'], {
      docker: new FakeDocker(),
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('abc0001: The files of the tenant are not valid');
    expect(stdout).not.toContain('  ok ');
    expect(stdout).toContain('0 of 2 tenants have no errors');
  });

  it('gives an event a line with --json', async () => {
    const { root } = await rootWithTenant();
    const docker = new FakeDocker().answer(/^ps /, () => {
      throw new CodedError('DOCKER_MISSING');
    });
    const { exitCode, stdout } = await wattfleet(root, ['verify', 'ABC0001', '--json'], { docker });
    expect(exitCode).toBe(1);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([
      { event: 'start', version: 1, command: 'verify', tenants: 1 },
      { event: 'failure', tenant: 'abc0001', error: { code: 'DOCKER_MISSING' } },
      { event: 'end', tenantsWithErrors: 1, remaining: 0 },
    ]);
  });
});
