import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeArchive } from '../../testing/archives.fixtures.js';
import { filesIn, newRoot } from '../../testing/provisioner.fixtures.js';
import { readProvisionerConfig } from '../../provisioner.config.js';
import { checkArchive } from '../archive-parts.js';
import type { Store } from './store.js';
import { storeOf } from './store-of.js';

let root: string;
beforeEach(() => (root = newRoot()));
afterEach(() => vi.unstubAllEnvs());

function open(name?: string): Store {
  return storeOf(readProvisionerConfig({ folder: root, version: '1.2.3' }, { WATTFLEET_ROOT: root }), name);
}

const slug = 'abc0001';
const ids = ['abc0001-20261120T200732Z', 'abc0001-20261121T200732Z'] as const;

const isInstalled = (name: string) => spawnSync(name, ['version'], { stdio: 'ignore' }).status === 0;

/** Makes a place for archives, and gives its name. */
const kinds: [string, () => string][] = [
  ['a folder', () => path.join(root, 'archives')],
  ...(isInstalled('rclone') ? [['rclone', rcloneRemote] as [string, () => string]] : []),
  ...(isInstalled('restic') ? [['restic', resticRepository] as [string, () => string]] : []),
];

function rcloneRemote(): string {
  vi.stubEnv('RCLONE_CONFIG', path.join(root, 'rclone.conf'));
  vi.stubEnv('RCLONE_CONFIG_OFFSITE_TYPE', 'local');
  return `rclone:offsite:${root}/remote`;
}

function resticRepository(): string {
  vi.stubEnv('RESTIC_PASSWORD', 'password');
  execFileSync('restic', ['--repo', path.join(root, 'repository'), 'init'], { stdio: 'ignore' });
  return `restic:${root}/repository`;
}

describe.each(kinds)('archives in %s', (_, place) => {
  async function put(store: Store, id: string) {
    const draft = await store.draft(slug, id);
    await makeArchive(draft, { id });
    expect((await store.list(slug)).map((archive) => archive.id)).not.toContain(id);
    return store.put(draft, slug, id);
  }

  it('are listed, opened, marked and removed', { timeout: 120_000 }, async () => {
    const store = open(place());
    expect(await store.list(slug)).toEqual([]);
    for (const id of ids) await put(store, id);
    expect((await store.list(slug)).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await store.list('abc')).toEqual([]);
    const [newest, oldest] = await store.list(slug);
    if (newest === undefined || oldest === undefined) throw new Error('not listed');
    expect(newest).toMatchObject({ slug, createdAt: '2026-11-21T20:07:32.000Z', store: store.name });
    expect(await store.open(newest, async (folder) => (await checkArchive(folder)).id)).toBe(newest.id);
    await store.markVerified(newest, '2026-11-22T00:00:00.000Z');
    expect(await store.list(slug)).toMatchObject([{ verifiedAt: '2026-11-22T00:00:00.000Z' }, {}]);
    expect(await store.open(newest, async (folder) => (await checkArchive(folder)).id)).toBe(newest.id);
    await store.remove(oldest);
    expect((await store.list(slug)).map(({ id }) => id)).toEqual([newest.id]);
    expect(Object.keys(filesIn(root)).filter((file) => file.startsWith('.wattfleet'))).toEqual([]);
  });
});

describe('a folder of archives', () => {
  it('lists nothing that is not complete, and clears it away with the next draft', async () => {
    const store = open();
    mkdirSync(path.join(root, 'backups', slug, 'something-else'), { recursive: true });
    await makeArchive(await store.draft(slug, ids[0]), { id: ids[0] });
    expect(await store.list(slug)).toEqual([]);
    await store.draft(slug, ids[1]);
    expect(readdirSync(path.join(root, 'backups', slug)).toSorted()).toEqual([
      `.new-${ids[1]}`,
      'something-else',
    ]);
  });
});

describe('a program that is not there or fails', () => {
  it('is named with the remedy', async () => {
    vi.stubEnv('PATH', root);
    await expect(open('rclone:offsite:wattfleet').list(slug)).rejects.toMatchObject({
      code: 'PROGRAM_MISSING',
      detail: 'rclone',
    });
    await expect(open('restic:/repository').list(slug)).rejects.toMatchObject({ code: 'PROGRAM_MISSING' });
  });

  it('is told with what it said', async () => {
    fake('restic', 'echo "Is there a repository at the following location?" >&2; exit 10');
    await expect(open('restic:/repository').list(slug)).rejects.toMatchObject({
      code: 'PROGRAM_FAILED',
      detail: expect.stringContaining('Is there a repository'),
    });
  });

  it('gets its arguments as they are, and the manifest last', async () => {
    fake('rclone', `printf '%s|' "$@" >> ${root}/calls; echo >> ${root}/calls`);
    const store = open('rclone:off site:a $(b)/');
    await store.put(path.join(root, 'draft'), slug, ids[0]);
    const at = `off site:a $(b)/${slug}/${ids[0]}`;
    expect(readFileSync(path.join(root, 'calls'), 'utf8').split('\n')).toEqual([
      `copy|--exclude|/manifest.json|${root}/draft|${at}|`,
      `copyto|${root}/draft/manifest.json|${at}/manifest.json|`,
      '',
    ]);
  });

  function fake(name: string, script: string): void {
    const file = path.join(root, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    vi.stubEnv('PATH', `${root}:/usr/bin:/bin`);
  }
});

describe('the name of a store', () => {
  it.each(['rclone:', 'rclone:remote', 'restic:', 'restic:--help', 'rclone:--config=x:y'])(
    'is not %s',
    (name) => {
      expect(() => open(name)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});
