import { statfs } from 'node:fs/promises';
import { hasCode } from '#libs/errors';
import { error, ok, warning, type Found } from './finding.js';
import type { HostCheck } from './host-subject.js';

/** Below these PostgreSQL and backups are in danger soon. */
const few = { share: 0.15, bytes: 10e9 };
const none = { share: 0.05, bytes: 2e9 };

/** There is room for the data of the tenants, and for their files. */
export const hostDisk: HostCheck = {
  id: 'disk',
  title: 'Free space',
  run: async ({ config, docker }) => {
    const data = await docker.run(['info', '--format', '{{.DockerRootDir}}'], { timeoutSeconds: 30 });
    const folders = [...new Set([config.root, data])];
    const found = await Promise.all(folders.map((folder) => look(folder)));
    return found.flat();
  },
};

async function look(folder: string): Promise<Found[]> {
  try {
    const { bavail, blocks, bsize, ffree, files } = await statfs(folder);
    const [free, share] = [bavail * bsize, bavail / blocks];
    const text = `${folder}: ${(free / 1e9).toFixed(1)} GB free of ${((blocks * bsize) / 1e9).toFixed(0)} GB`;
    const fix = `docker system df and du -sh ${folder}/* say what takes it; move backups away, or give the disk more room`;
    if (files > 0 && ffree / files < few.share) return [warning(`${folder}: few inodes are left`, fix)];
    if (free < none.bytes || share < none.share) return [error(text, fix)];
    if (free < few.bytes || share < few.share) return [warning(text, fix)];
    return [ok(text)];
  } catch (cause) {
    // The engine's own folder may be on another machine, or closed to us.
    if (hasCode(cause, 'ENOENT') || hasCode(cause, 'EACCES')) return [];
    throw cause;
  }
}
