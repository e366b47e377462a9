import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

let root: string;

beforeEach(async () => {
  root = newRoot();
  for (const [code, region] of [
    ['AAA', 'north'],
    ['BBB', 'south'],
    ['CCC', 'north'],
  ] as const) {
    await wattfleet(root, ['create', code, ...host]);
    appendFileSync(
      path.join(root, code.toLowerCase(), 'tenant.yaml'),
      `labels: {region: ${region}, tier: "1"}\n`,
    );
  }
  mkdirSync(path.join(root, 'edge'));
  mkdirSync(path.join(root, 'Not-A-Tenant'));
});

async function listed(
  ...options: string[]
): Promise<{ exitCode: number; tenants: string[]; stderr: string }> {
  const { exitCode, stdout, stderr } = await wattfleet(root, ['list', ...options, '--json']);
  const tenants =
    stdout === '' ? [] : JSON.parse(stdout).tenants.map(({ tenant }: { tenant: string }) => tenant);
  return { exitCode, tenants, stderr };
}

describe('the selection of tenants', () => {
  it.each([
    ['all, without the folders of the host', ['--all'], ['aaa', 'bbb', 'ccc']],
    ['by label', ['--selector', 'region=north'], ['aaa', 'ccc']],
    ['by several labels', ['--selector', 'region=south', 'tier=1'], ['bbb']],
    ['by code and by slug, each once, in the order given', ['CCC', 'aaa', 'AAA'], ['ccc', 'aaa']],
  ])('%s', async (_, options, expected) => {
    expect(await listed(...options)).toEqual({ exitCode: 0, tenants: expected, stderr: '' });
  });

  it.each([
    ['a label that no tenant has', ['--selector', 'region=west'], 'no tenant has region=west'],
    ['a label without its value', ['--selector', 'region'], 'must be key=value'],
    ['two ways at once', ['AAA', '--all'], 'one of the three'],
    ['a name that leads out of the root', ['../etc'], 'capital letters'],
  ])('refuses %s', async (_, options, message) => {
    const { exitCode, stderr } = await listed(...options);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining(message)]);
  });

  it('names a tenant that is not there', async () => {
    const { exitCode, stderr } = await listed('ZZZ');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('TENANT_NOT_FOUND')]);
  });

  it('wants to be told which tenants to work on', async () => {
    const { exitCode, stderr } = await wattfleet(root, ['up']);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--all')]);
  });
});
