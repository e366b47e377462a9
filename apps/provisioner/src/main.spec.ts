import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { filesIn, host, newRoot, wattfleet } from './testing/provisioner.fixtures.js';

const hooks = path.join(import.meta.dirname, 'testing', 'source-hooks.mjs');
const program = ['--conditions=source', '--import', hooks, path.join(import.meta.dirname, 'main.ts')];

/** Runs the program as ops do: as a process of its own. */
function start(argv: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [...program, ...argv], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
}

describe('the program', { timeout: 30_000 }, () => {
  it('creates, plans and refuses, with data on standard output and errors on standard error', () => {
    const env = { WATTFLEET_ROOT: newRoot() };
    const created = start(['create', 'ABC0001', ...host, '--json'], env);
    expect([created.status, created.stderr]).toEqual([0, '']);
    expect(JSON.parse(created.stdout)).toMatchObject({ folder: path.join(env.WATTFLEET_ROOT, 'abc0001') });
    const again = start(['create', 'ABC0001', ...host, '--json'], env);
    expect([again.status, again.stdout]).toEqual([1, '']);
    expect(JSON.parse(again.stderr)).toMatchObject({
      error: { code: 'TENANT_EXISTS', remedy: expect.stringContaining('wattfleet plan') as string },
    });
  });

  it('tells of a configuration it cannot use', () => {
    const { status, stderr } = start(['plan', 'ABC0001', '--json'], { WATTFLEET_ROOT_FILE: '/nowhere' });
    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'CONFIG_INVALID', problems: [{ path: 'WATTFLEET_ROOT' }] },
    });
  });
});

/** What lies in the root beside the host's own records. */
const tenantsIn = (root: string) => readdirSync(root).filter((name) => name !== '.wattfleet');

describe('create, killed', { timeout: 30_000 }, () => {
  // Each run is killed a little later after it has begun to write.
  it.each([0, 1, 2, 4, 8, 16])('%d ms into writing leaves a whole tenant or none', async (milliseconds) => {
    const root = newRoot();
    await killedWhileWriting(root, milliseconds);
    const wasThere = existsSync(path.join(root, 'abc0001'));
    const again = await wattfleet(root, ['create', 'ABC0001', ...host]);
    expect(again.exitCode).toBe(wasThere ? 1 : 0);
    expect(tenantsIn(root)).toEqual(['abc0001']);
    expect(Object.keys(filesIn(path.join(root, 'abc0001')))).toHaveLength(9);
    expect((await wattfleet(root, ['plan', 'ABC0001', '--detailed-exitcode'])).exitCode).toBe(0);
  });
});

describe('create, twice at the same time', { timeout: 30_000 }, () => {
  it('lets one run win and leaves its files whole', async () => {
    const root = newRoot();
    const argv = [...program, 'create', 'ABC0001', ...host, '--root', root];
    const runs = [1, 2].map(() => spawn(process.execPath, argv));
    const codes = await Promise.all(
      runs.map((child) => new Promise<number | null>((resolve) => child.on('exit', resolve))),
    );
    expect(codes.filter((code) => code === 0)).toHaveLength(1);
    expect(codes.filter((code) => code === 1)).toHaveLength(1);
    expect(tenantsIn(root)).toEqual(['abc0001']);
    expect((await wattfleet(root, ['plan', 'ABC0001', '--detailed-exitcode'])).exitCode).toBe(0);
  });
});

/** Kills a run with SIGKILL some time after its draft has appeared. */
async function killedWhileWriting(root: string, milliseconds: number): Promise<void> {
  const appeared = new Promise<void>((resolve) => {
    const watcher = watch(root, () => {
      watcher.close();
      resolve();
    });
  });
  const child = spawn(process.execPath, [...program, 'create', 'ABC0001', ...host, '--root', root]);
  const exited = new Promise<string | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  await Promise.race([appeared, exited]);
  if (milliseconds > 0) await sleep(milliseconds);
  child.kill('SIGKILL');
  await exited;
}
