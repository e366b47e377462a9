import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newRoot } from '../testing/provisioner.fixtures.js';
import { withTenantLock } from './tenant-lock.js';

const locksIn = (root: string) => readdirSync(path.join(root, '.wattfleet/locks'));

describe('the lock of a tenant', () => {
  it('holds one run at a time, and names it', async () => {
    const root = newRoot();
    const inner = withTenantLock(root, 'abc0001', 'wattfleet up', () =>
      withTenantLock(root, 'abc0001', 'wattfleet down', () => Promise.resolve('both')),
    );
    await expect(inner).rejects.toMatchObject({ code: 'TENANT_LOCKED' });
    await expect(inner).rejects.toThrow(`\`wattfleet up\``);
    await expect(inner).rejects.toThrow(`process ${process.pid}`);
    expect(locksIn(root)).toEqual([]);
  });

  it('is never held twice, however many want it in the same moment', async () => {
    const root = newRoot();
    let [inside, most, turns] = [0, 0, 0];
    const want = async (): Promise<void> => {
      try {
        await withTenantLock(root, 'abc0001', 'up', async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
          turns += 1;
        });
      } catch (error) {
        expect(error).toMatchObject({ code: 'TENANT_LOCKED' });
        return want();
      }
    };
    await Promise.all(Array.from({ length: 40 }, want));
    expect([most, turns, locksIn(root)]).toEqual([1, 40, []]);
  });

  it('leaves other tenants free', async () => {
    const root = newRoot();
    const both = withTenantLock(root, 'abc0001', 'up', () =>
      withTenantLock(root, 'abc0002', 'up', () => Promise.resolve('both')),
    );
    await expect(both).resolves.toBe('both');
  });

  it('is free again after an error', async () => {
    const root = newRoot();
    const failing = () => Promise.reject(new Error('no'));
    await expect(withTenantLock(root, 'abc0001', 'up', failing)).rejects.toThrow('no');
    await expect(withTenantLock(root, 'abc0001', 'up', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it.each([
    ['a process that is no more', (pid: number) => JSON.stringify(holder(pid, '1'))],
    ['a process whose number another one has now', () => JSON.stringify(holder(process.pid, '1'))],
    ['a crash in the middle of writing', () => '{"pid":'],
  ])('is taken over from %s, by one of many', async (_, content) => {
    const root = newRoot();
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    mkdirSync(path.join(root, '.wattfleet/locks'), { recursive: true });
    writeFileSync(path.join(root, '.wattfleet/locks/abc0001.json'), content(child.pid ?? 0));
    let [atWork, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++atWork);
      await new Promise((resolve) => setTimeout(resolve, 50));
      atWork -= 1;
    };
    const runs = Array.from({ length: 8 }, () => withTenantLock(root, 'abc0001', 'up', work));
    const ends = await Promise.allSettled(runs);
    expect(most).toBe(1);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(locksIn(root)).toEqual([]);
  });
});

function holder(pid: number, startedTicks: string) {
  return { pid, startedTicks, user: 'ops', command: 'wattfleet up', since: '2026-01-01T00:00:00.000Z' };
}
