import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { HostSpec } from '#libs/stack';
import type { Context } from '../commands/context.js';
import { joinSftp, leaveSftp } from '../hosts/edge-networks.js';
import { readHost } from '../hosts/host.js';
import { readTenant } from '../tenants/tenant.js';
import { exists, writeFiles } from '../tenants/tenant-folder.js';
import type { Ensured } from './ensure.js';
import { openSftp } from './sftp-host.js';
import { disableUser, ensureUser } from './tenant-user.js';
import { ensureHook, removeHook } from './upload-hook.js';

/** In a tenant's folder from before its user is made until it is kept out or removed. */
const marker = '.sftp.json';

/** What was done about a tenant's user, in a few words; undefined where nothing was. */
export type SftpChange = string | undefined;

/**
 * Brings the tenant's user on the host's SFTP server after its files: makes it, changes it, or keeps it out where
 * `sftp.enabled` is no longer true. A host without an SFTP server is asked nothing.
 * @throws CodedError SFTPGO_FAILED
 */
export async function bringUpSftp({ config, docker }: Context, slug: string): Promise<SftpChange> {
  const host = await readHost(config.root);
  if (host?.profiles.sftp !== true) return undefined;
  const { folder, spec, secrets } = await readTenant(config, slug);
  if (!spec.sftp.enabled) {
    if (!(await exists(path.join(folder, marker)))) return undefined;
    const api = await openSftp(config, host);
    await removeHook(api, slug);
    await disableUser(api, spec);
    await leaveSftp(docker, config.root, slug);
    await rm(path.join(folder, marker), { force: true });
    return `SFTP user kept out; its files stay in ${filesOf(host, slug)}`;
  }
  const api = await openSftp(config, host);
  const text = `${JSON.stringify({ user: slug })}\n`;
  await writeFiles(folder, [{ path: marker, text, mode: 0o600 }]);
  const user = await ensureUser(api, spec, secrets.SFTP_PASSWORD ?? '');
  // Files that a restore has brought count as well, and those that somebody removed on the host no longer.
  await api.countFiles(slug);
  const hook = await ensureHook(api, spec.code, secrets.IMPORT_HOOK_SECRET ?? '');
  await joinSftp(docker, config.root, [slug]);
  return told(user, hook);
}

function told(user: Ensured, hook: Ensured): SftpChange {
  if (user !== 'unchanged') return `SFTP user ${user}`;
  return hook === 'unchanged' ? undefined : `SFTP hook ${hook}`;
}

/** Removes all that the SFTP server has of a tenant, its files last. Done twice it changes nothing. */
export async function removeSftp(
  { config, docker }: Pick<Context, 'config' | 'docker'>,
  slug: string,
): Promise<void> {
  const host = await readHost(config.root);
  if (host?.profiles.sftp !== true) return;
  const api = await openSftp(config, host);
  await removeHook(api, slug);
  await api.remove('users', slug);
  await api.endSessions(slug);
  await leaveSftp(docker, config.root, slug);
  await rm(filesOf(host, slug), { recursive: true, force: true });
}

/** Where the tenant's files on the host's SFTP server lie, or would lie. */
export async function sftpTarget(root: string, slug: string): Promise<string | undefined> {
  const host = await readHost(root);
  return host?.profiles.sftp === true ? filesOf(host, slug) : undefined;
}

/** The same, where there is such a folder. */
export async function sftpFolder(root: string, slug: string): Promise<string | undefined> {
  const folder = await sftpTarget(root, slug);
  return folder !== undefined && (await exists(folder)) ? folder : undefined;
}

function filesOf({ sftp }: HostSpec, slug: string): string {
  return path.join(sftp.folder, slug);
}
