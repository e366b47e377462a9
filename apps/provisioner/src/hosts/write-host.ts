import { chmod, chown, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { hasCode } from '#libs/errors';
import type { HostSpec } from '#libs/stack';
import { writeFiles } from '../tenants/tenant-folder.js';
import { makeSftpFolder } from './sftp-folder.js';
import { traefikOwner, type FolderPlan } from './host-plan.js';
import { backupUnit } from './systemd-units.js';

/** Writes the files that a plan changes. @returns their paths below the root */
export async function writeHost(
  root: string,
  spec: HostSpec,
  folders: readonly FolderPlan[],
): Promise<string[]> {
  const written: string[] = [];
  for (const { name, rendered, files } of folders) {
    const folder = path.join(root, name);
    await mkdir(folder, { recursive: true, mode: 0o750 });
    if (name === 'edge') await makeEdgeFolders(folder);
    if (name === 'sftp') await makeSftpFolders(root, spec);
    const pending = files.filter(({ action }) => action !== 'unchanged').map((file) => file.path);
    await writeFiles(
      folder,
      rendered.filter((file) => pending.includes(file.path)),
    );
    written.push(...pending.map((file) => `${name}/${file}`));
  }
  return written;
}

/** SFTPGo reads the environment of its first start from a folder that it mounts. */
async function makeSftpFolders(root: string, spec: HostSpec): Promise<void> {
  await makeSftpFolder(root, spec);
  const folder = path.join(root, 'sftp');
  await makeFolder(folder, 'secrets', 0o700);
  // Nobody on the host gets past the folder above it.
  await makeFolder(folder, 'secrets/env.d', 0o755);
}

async function makeFolder(folder: string, name: string, mode: number): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  // Not left to mkdir: the umask could take bits away.
  await chmod(path.join(folder, name), mode);
}

/** Traefik reads the folders it mounts, and writes its certificates, as a user who owns nothing else. */
async function makeEdgeFolders(folder: string): Promise<void> {
  await makeFolder(folder, 'dynamic', 0o755);
  await makeFolder(folder, 'secrets', 0o700);
  // Nobody on the host gets past the folder above it.
  await makeFolder(folder, 'secrets/certificates', 0o755);
  await makeFolder(folder, 'acme', 0o700);
  await chown(path.join(folder, 'acme'), traefikOwner.uid, traefikOwner.gid);
}

/** Puts the units where systemd finds them, with the timer switched on. @returns the commands that are left to do */
export async function installUnits(units: FolderPlan, folder: string): Promise<string[]> {
  for (const { path: name, text, mode } of units.rendered) {
    await writeFileAtomic(path.join(folder, name), text, { mode });
  }
  await mkdir(path.join(folder, 'timers.target.wants'), { recursive: true });
  try {
    const link = path.join(folder, 'timers.target.wants', `${backupUnit}.timer`);
    await symlink(path.join('..', `${backupUnit}.timer`), link);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  return ['systemctl daemon-reload', `systemctl restart ${backupUnit}.timer`];
}

/** The commands by which ops install the units themselves. */
export function installCommands(root: string): string[] {
  return [
    `cp ${path.join(root, 'systemd', backupUnit)}.* /etc/systemd/system/`,
    `systemctl daemon-reload && systemctl enable --now ${backupUnit}.timer`,
  ];
}
