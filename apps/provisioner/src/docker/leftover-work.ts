import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, hasCode } from '#libs/errors';

const pauseMs = 500;

/**
 * Waits until no `docker compose` works on the tenant's folder. A run of the provisioner that was killed has left its
 * lock, but the program that it had started goes on to its end, and two at once are in each other's way.
 * Call it with the tenant's lock held, before the run starts programs of its own.
 * @throws CodedError TENANT_LOCKED when one does not end
 */
export async function waitForLeftoverWork(folder: string, seconds: number): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const pid = await findCompose(folder);
    if (pid === undefined) return;
    if (waitedMs >= seconds * 1_000) {
      const detail = `docker compose (process ${pid}) of a run that was killed still works on ${folder}`;
      throw new CodedError('TENANT_LOCKED', { detail });
    }
    await sleep(pauseMs);
  }
}

async function findCompose(folder: string): Promise<string | undefined> {
  for (const pid of await processes()) {
    const words = (await commandLine(pid)).split('\0');
    if (words.includes('compose') && words[words.indexOf('--project-directory') + 1] === folder) return pid;
  }
  return undefined;
}

async function processes(): Promise<string[]> {
  try {
    return (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  } catch (error) {
    // Not Linux: nothing is known of other processes.
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Empty for a process that has ended meanwhile. */
async function commandLine(pid: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
