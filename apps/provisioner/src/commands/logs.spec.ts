import { describe, expect, it } from 'vitest';
import { FakeDocker, rootWithTenant, wattfleet } from '../testing/provisioner.fixtures.js';

const engine = () =>
  new FakeDocker().answer(/ logs /, ({ onLine }) => {
    onLine?.('abc0001-portal-1  | {"level":30} | more');
    return '';
  });

describe('logs', () => {
  it('asks Compose for what is wanted, and shows it as it comes', async () => {
    const { root, folder } = await rootWithTenant();
    const docker = engine();
    const argv = ['logs', 'ABC0001', '--follow', '--service', 'portal', '--since', '90m', '--tail', '5'];
    const { exitCode, stdout } = await wattfleet(root, argv, { docker });
    expect([exitCode, stdout]).toEqual([0, 'abc0001-portal-1  | {"level":30} | more\n']);
    expect(docker.calls).toEqual([
      `compose --project-directory ${folder} logs --no-color --follow --since 90m --tail 5 portal`,
    ]);
  });

  it('says so where nothing was said', async () => {
    const { root } = await rootWithTenant();
    const { stdout, stderr } = await wattfleet(root, ['logs', 'ABC0001'], { docker: new FakeDocker() });
    expect([stdout, stderr]).toEqual(['', expect.stringContaining('abc0001: no lines; wattfleet status')]);
  });

  it('gives an event a line with --json', async () => {
    const { root } = await rootWithTenant();
    const { stdout } = await wattfleet(root, ['logs', 'ABC0001', '--json'], { docker: engine() });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      { event: 'start', version: 1, command: 'logs', tenants: 1 },
      { event: 'line', tenant: 'abc0001', container: 'abc0001-portal-1', text: '{"level":30} | more' },
    ]);
  });

  it('names the tenant of a line where there are several', async () => {
    const { root } = await rootWithTenant();
    await wattfleet(root, ['create', 'ABC0002', '--host', 'two.example.com']);
    const { stdout } = await wattfleet(root, ['logs', '--all'], { docker: engine() });
    expect(stdout).toMatch(/^abc0001 {2}abc0001-portal-1 .*\nabc0002 {2}/);
  });

  it('ends with Ctrl-C', async () => {
    const { root } = await rootWithTenant();
    const controller = new AbortController();
    const docker = new FakeDocker().answer(/ logs /, async ({ signal }) => {
      const ended = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      controller.abort();
      await ended;
      return '';
    });
    const { exitCode } = await wattfleet(root, ['logs', 'ABC0001', '--follow'], {
      docker,
      signal: controller.signal,
    });
    expect(exitCode).toBe(0);
  });

  it.each([
    [['--since', 'yesterday'], 'must be a time such as'],
    [['--service', 'web'], 'the services are portal, timescaledb, grafana'],
    [['--tail', '-1'], 'must be a whole number'],
  ])('refuses %j', async (more, message) => {
    const { root } = await rootWithTenant();
    const { exitCode, stderr } = await wattfleet(root, ['logs', 'ABC0001', ...more], { docker: engine() });
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining(message)]);
  });
});
