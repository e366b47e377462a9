import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { newRoot } from '../testing/provisioner.fixtures.js';
import { waitForLeftoverWork } from './leftover-work.js';

/** Stands for the program that a killed run has left at work on the folder. */
async function leftBehind(folder: string, milliseconds: number) {
  const script = `console.log('there'); setTimeout(() => {}, ${milliseconds})`;
  const child = spawn(process.execPath, ['-e', script, 'compose', '--project-directory', folder, 'up']);
  await once(child.stdout, 'data');
  return child;
}

describe('waitForLeftoverWork', () => {
  it('waits until what works on the folder has ended', async () => {
    const folder = newRoot();
    const child = await leftBehind(folder, 1_500);
    await waitForLeftoverWork(folder, 60);
    expect(child.exitCode === 0 || child.killed || (await once(child, 'exit'))[0] === 0).toBe(true);
  });

  it('says who is in the way when it does not end, and minds no other folder', async () => {
    const folder = newRoot();
    const child = await leftBehind(folder, 60_000);
    await expect(waitForLeftoverWork(folder, 0)).rejects.toMatchObject({
      code: 'TENANT_LOCKED',
      message: expect.stringContaining(String(child.pid)) as string,
    });
    await waitForLeftoverWork(`${folder}-other`, 0);
    child.kill();
  });
});
