import path from 'node:path';
import type { Docker } from '../docker/docker.js';
import { copyVolume, fillVolume, listVolumes, updateVolume } from '../docker/volumes.js';
import { files, type Manifest } from './manifest.js';
import { sftpFiles } from './tenant-parts.js';
import type { RestoreRecord } from './restore-record.js';

/** On a volume that holds what a tenant had before a restore. */
const keptLabel = (slug: string) => `wattfleet.kept=${slug}`;

/**
 * Fills the tenant's volumes with those of an archive. What was in them is copied to volumes beside them first, once.
 * Files of the SFTP server are put beside those that are there: what meters have uploaded since stays, and what the
 * database of the archive has not read yet lies where it waits for that.
 * The stack's containers are there and do not run.
 */
export async function restoreVolumes(
  docker: Docker,
  record: RestoreRecord,
  archive: { slug: string; folder: string; manifest: Manifest; image: string; uploads: string | undefined },
): Promise<void> {
  const { slug, folder, manifest, image } = archive;
  for (const name of manifest.volumes) {
    const [whole, later] = files.volume(name);
    if (name === sftpFiles) {
      // This host has no SFTP server, and the tenant does not use one any longer.
      if (archive.uploads === undefined) continue;
      const work = { slug, volume: archive.uploads, image };
      for (const part of [whole, later])
        await docker.run(updateVolume(work), { inputFile: path.join(folder, part) });
      continue;
    }
    const work = { slug, volume: `${slug}_${name}`, image };
    if (record.keeps && !record.hasKept(name)) {
      const kept = `${work.volume}_before_${record.stamp.toLowerCase()}`;
      await docker.run(['volume', 'create', '--label', keptLabel(slug), kept]);
      await docker.run(copyVolume(work, kept));
      await record.kept(name);
    }
    await docker.run(fillVolume(work), { inputFile: path.join(folder, whole) });
    await docker.run(updateVolume(work), { inputFile: path.join(folder, later) });
  }
}

/** Volumes that earlier restores have kept. */
export async function keptVolumes(docker: Docker, slug: string): Promise<string[]> {
  return (await listVolumes(docker, keptLabel(slug))).toSorted();
}
