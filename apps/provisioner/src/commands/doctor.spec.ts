import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeDocker, newRoot, rootWithTenant, wattfleet } from '../testing/provisioner.fixtures.js';

function engine() {
  return new FakeDocker()
    .answer(/^version /, '28.1.1')
    .answer(/^compose version/, '2.35.0')
    .answer(/^info .*Root/, '/nowhere')
    .answer(/^info .*Pools/, '[{"Base":"10.200.0.0/16","Size":24}]')
    .answer(/^network ls/, 'bridge\nabc0001_edge\nabc0001_private')
    .answer(
      /^ps .*publish=443/,
      '{"name":"edge-traefik-1","ports":"0.0.0.0:80->80/tcp, 0.0.0.0:443->443/tcp","state":"running"}',
    );
}

async function doctor(root: string, docker = engine()) {
  const { exitCode, stdout } = await wattfleet(root, ['doctor', '--json'], { docker });
  const events = stdout
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          event: string;
          check: string;
          severity: string;
          found: string;
          remedy?: string;
        },
    );
  return { exitCode, of: (check: string) => events.filter((event) => event.check === check) };
}

describe('doctor', () => {
  it('finds a good host good', async () => {
    const { root } = await rootWithTenant();
    const { of } = await doctor(root);
    expect(of('engine').map(({ found }) => found)).toEqual(['Docker Engine 28.1.1', 'Docker Compose 2.35.0']);
    expect(of('edge')).toMatchObject([{ severity: 'ok' }]);
    expect(of('networks')).toMatchObject([
      { severity: 'ok', found: expect.stringContaining('room for 126 more tenants') as string },
    ]);
    expect(of('tenants')).toMatchObject([{ severity: 'ok', found: 'tenants whose files can be read: 1' }]);
    expect(of('locks')).toMatchObject([{ severity: 'ok' }]);
    expect(of('backups')).toMatchObject([{ severity: 'warning', found: 'late or missing: abc0001' }]);
  });

  it('says what is wrong with the engine, and that nobody reaches the tenants', async () => {
    const { root } = await rootWithTenant();
    const docker = engine()
      .answer(/^version /, '19.03.1')
      .answer(/^compose version/, () => {
        throw new Error('no compose');
      })
      .answer(/^info .*Pools/, 'null')
      .answer(/^network ls/, Array.from({ length: 30 }, (_, index) => `network-${index}`).join('\n'))
      .answer(/^ps .*publish=443/, '');
    const { exitCode, of } = await doctor(root, docker);
    expect(exitCode).toBe(1);
    expect(of('engine')).toMatchObject([
      { severity: 'warning', found: 'Docker Engine 19.03.1 is older than 20.10' },
      { severity: 'error', found: 'there is no Docker Compose v2' },
    ]);
    expect(of('networks')).toMatchObject([
      { severity: 'error', remedy: expect.stringContaining('wattfleet host init') as string },
    ]);
    expect(of('edge')).toMatchObject([{ severity: 'error', remedy: 'wattfleet host init' }]);
  });

  it('finds tenants that cannot be read, share a host, or were left half-made', async () => {
    const { root, folder } = await rootWithTenant();
    await wattfleet(root, ['create', 'ABC0002', '--host', 'abc0001.portal.example.com']);
    await wattfleet(root, ['create', 'ABC0003', '--host', 'three.example.com']);
    writeFileSync(path.join(root, 'abc0003', 'tenant.yaml'), 'code: ABC0003\n');
    mkdirSync(path.join(root, '.abc0004.new-1'));
    chmodSync(root, 0o777);
    const { exitCode, of } = await doctor(root);
    expect(exitCode).toBe(1);
    const found = of('tenants').map((one) => one.found);
    expect(found[0]).toContain('abc0002 and abc0001 have the same host name');
    expect(found[1]).toContain('abc0003: The files of the tenant are not valid; host: is required');
    expect(found[2]).toContain('.abc0004.new-1 was left');
    expect(found[3]).toContain('anybody can write');
    expect(folder).toBeDefined();
  });

  it('finds a run that was killed', async () => {
    const { root } = await rootWithTenant();
    mkdirSync(path.join(root, '.wattfleet', 'locks'), { recursive: true });
    const holder = {
      pid: 1,
      startedTicks: '-1',
      user: 'ops',
      command: 'wattfleet update',
      since: '2026-11-21T20:00:00.000Z',
    };
    writeFileSync(path.join(root, '.wattfleet', 'locks', 'abc0001.json'), JSON.stringify(holder));
    const { of } = await doctor(root);
    expect(of('locks')).toMatchObject([
      { severity: 'warning', found: 'a run on abc0001 was killed in the middle' },
    ]);
  });

  it('has nothing against a host without tenants', async () => {
    const { of } = await doctor(path.join(newRoot(), 'new'), engine().answer(/^ps .*publish=443/, ''));
    expect([...of('edge'), ...of('backups')].map(({ severity }) => severity)).toEqual(['skipped', 'skipped']);
  });
});
