import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CodedError, hasCode } from '#libs/errors';
import type { DemoOptions } from './options.js';

/** What the demo remembers from start to start, in `wattfleet-demo.json`, readable by its owner alone. */
export interface DemoState {
  /** The generated meter files end here, so that every start generates the same ones. */
  generatedAt: string;
  adminPassword: string;
  adminSessionSecret: string;
}

const marker = 'wattfleet-demo.json';

/**
 * Opens the data folder, or makes it. The marker is written first and in one step, so a folder without it is not ours.
 * @throws CodedError USAGE for a folder that holds something else: `--fresh` must not be able to delete it
 */
export async function openDataFolder({ dataFolder, fresh }: DemoOptions): Promise<DemoState> {
  const known = await readState(dataFolder);
  if (known !== undefined && !fresh) return known;
  const names = await readdir(dataFolder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  if (known === undefined && names.length > 0) {
    const problem = {
      path: '--data-dir',
      message: `${dataFolder} is not empty and not a data folder of the demo`,
    };
    throw new CodedError('USAGE', { problems: [problem] });
  }
  // The marker goes last: interrupted here, the rest is still known as ours.
  for (const name of names.filter((name) => name !== marker)) {
    await rm(path.join(dataFolder, name), { recursive: true, force: true });
  }
  const state: DemoState = {
    generatedAt: new Date().toISOString(),
    adminPassword: randomBytes(16).toString('base64url'),
    adminSessionSecret: randomBytes(32).toString('base64url'),
  };
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFileAtomic(path.join(dataFolder, marker), `${JSON.stringify(state, null, 2)}\n`, {
    mode: 0o600,
  });
  return state;
}

async function readState(folder: string): Promise<DemoState | undefined> {
  try {
    return JSON.parse(await readFile(path.join(folder, marker), 'utf8')) as DemoState;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
