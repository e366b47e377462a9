import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeDocker, filesIn, host, rootWithTenant, wattfleet } from '../testing/provisioner.fixtures.js';

const retire = ['decommission', 'ABC0001'];
const sure = ['--yes', '--confirm', 'ABC0001', '--no-backup', '--confirm-no-backup', 'ABC0001'];

/** What was sent to an Admin that agrees to all of it. */
async function fakeAdmin(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.cookie ?? ''}`.trim());
    if (request.method === 'POST') response.setHeader('set-cookie', 'session=1; HttpOnly');
    response.writeHead(request.method === 'DELETE' ? 204 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('decommission', () => {
  it.each([
    ['without a terminal and without options', [], 'USAGE', '--confirm'],
    ['with --yes alone', ['--yes'], 'USAGE', '--confirm'],
    ['with the code of another', ['--yes', '--confirm', 'ABC0002'], 'CONFIRMATION_WRONG', 'must be ABC0001'],
    ['without a backup and its own word', sure.slice(0, 4), 'USAGE', '--confirm-no-backup'],
    [
      'with half of what Admin needs',
      [...sure, '--admin-url', 'https://a.example.com'],
      'USAGE',
      '--admin-email',
    ],
  ])('changes nothing %s', async (_, options, code, message) => {
    const { root } = await rootWithTenant();
    const before = filesIn(root);
    const docker = new FakeDocker();
    const { exitCode, stderr } = await wattfleet(root, [...retire, ...options], { docker });
    expect(exitCode).toBe(code === 'USAGE' ? 64 : 1);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toContain(message);
    expect(docker.calls).toEqual([]);
    expect(filesIn(root)).toEqual(before);
  });

  it('asks on a terminal for the code, and takes no other', async () => {
    const { root, folder } = await rootWithTenant();
    const asked = await wattfleet(root, retire, { terminal: true, stdin: 'abc0001\n' });
    expect(asked.stderr).toContain('Type ABC0001 to go on');
    expect(asked.stderr).toContain('error CONFIRMATION_WRONG');
    const never = await wattfleet(root, [...retire, '--no-input'], { terminal: true, stdin: 'ABC0001\n' });
    expect(never.exitCode).toBe(64);
    expect(existsSync(folder)).toBe(true);
  });

  it('removes what the engine has, disconnects others, and leaves a tombstone', async () => {
    const { root, folder } = await rootWithTenant();
    const docker = new FakeDocker()
      .answer(/^ps .*label=com\.docker/, 'c1\nc2')
      .answer(/^network ls .*label=/, 'abc0001_edge')
      .answer(/^network ls .*name=/, 'abc0001_edge\nxabc0001_edge\nabc0001_other')
      .answer(/^network inspect/, 'traefik\n\n')
      .answer(/^volume ls .*compose/, 'abc0001_portal-keys')
      .answer(/^volume ls .*kept/, 'abc0001_portal-keys_before_1');
    const { exitCode, stderr } = await wattfleet(root, [...retire, ...sure], { docker });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Admin was not told')]);
    expect(docker.calls.filter((call) => /^(stop|rm|network (rm|disconnect)|volume rm)/.test(call))).toEqual([
      'stop c1 c2',
      'rm --force --volumes c1 c2',
      'network disconnect --force abc0001_edge traefik',
      'network rm abc0001_edge',
      'volume rm abc0001_portal-keys abc0001_portal-keys_before_1',
    ]);
    expect(existsSync(folder)).toBe(false);
    const tombstone = JSON.parse(filesIn(root)['.wattfleet/tombstones/abc0001.json'] ?? '');
    expect(tombstone).toMatchObject({ code: 'ABC0001', backup: null, complete: true });
  });

  it('leaves a code that is given again only when asked to', async () => {
    const { root } = await rootWithTenant();
    await wattfleet(root, [...retire, ...sure]);
    const refused = await wattfleet(root, ['create', 'ABC0001', ...host]);
    expect(refused.stderr).toContain('error TENANT_RETIRED');
    expect((await wattfleet(root, [...retire, ...sure])).stderr).toContain('error TENANT_RETIRED');
    expect((await wattfleet(root, ['create', 'ABC0001', ...host, '--reuse-code'])).exitCode).toBe(0);
    expect(
      Object.keys(filesIn(path.join(root, '.wattfleet'))).filter((file) => file.includes('tomb')),
    ).toEqual([]);
  });

  it('goes on where the engine failed', async () => {
    const { root, folder } = await rootWithTenant();
    const failing = new FakeDocker().answer(/^ps .*label=com/, () => {
      throw new Error('the engine is gone');
    });
    expect((await wattfleet(root, [...retire, ...sure], { docker: failing })).exitCode).toBe(1);
    expect(existsSync(folder)).toBe(true);
    expect((await wattfleet(root, [...retire, ...sure])).exitCode).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    [[], 'DELETE /api/customers/ABC0001?confirm=ABC0001 session=1'],
    [['--keep-in-admin'], 'POST /api/customers/ABC0001/disable session=1'],
  ])('tells Admin, with the password from standard input (%j)', async (options, told) => {
    const { root } = await rootWithTenant();
    const admin = await fakeAdmin();
    const credentials = [
      '--admin-url',
      admin.url,
      '--admin-email',
      'ops@example.com',
      '--admin-password-file',
      '-',
    ];
    const argv = [...retire, ...sure, ...credentials, ...options];
    expect((await wattfleet(root, argv, { stdin: 'secret\n' })).exitCode).toBe(0);
    expect(admin.asked).toEqual(['POST /api/session', told, 'DELETE /api/session session=1']);
  });
});
