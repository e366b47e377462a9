import { slugOf, sftpData, type TenantSpec } from '#libs/stack';
import { ensure, holds, type Ensured } from './ensure.js';
import type { SftpgoApi } from './sftpgo-api.js';

/**
 * What customers' programs and the portal's collector do: look, read, write, replace, move aside, tidy up. No symbolic
 * links, which could point out of a folder.
 */
const filePermissions = ['list', 'download', 'upload', 'overwrite', 'rename', 'delete', 'create_dirs'];

/** The server ignores what they ask for, but only of those who may: all others it refuses, and an upload seems to have failed. */
const ignoredPermissions = ['chmod', 'chown', 'chtimes'];

/** The user's API is for the sign-in by which a password is tried: nothing else of it is of use to anyone. */
const nothingOverHttp = [
  'write-disabled',
  'shares-disabled',
  'mfa-disabled',
  'password-change-disabled',
  'password-reset-disabled',
  'publickey-change-disabled',
  'tls-cert-change-disabled',
  'api-key-auth-change-disabled',
  'info-change-disabled',
];

/** The user of a tenant, without its password, as SFTPGo keeps it. */
export function tenantUser({ code, sftp }: Pick<TenantSpec, 'code' | 'sftp'>) {
  const username = slugOf(code);
  return {
    username,
    description: `Tenant ${code}, kept by wattfleet`,
    status: 1,
    home_dir: `${sftpData}/${username}`,
    permissions: { '/': [...filePermissions, ...ignoredPermissions] },
    public_keys: sftp.publicKeys,
    quota_size: sftp.quotaBytes,
    max_sessions: 100,
    filesystem: { provider: 0 },
    filters: { denied_protocols: ['FTP', 'DAV'], web_client: nothingOverHttp },
  };
}

/** Sees to it that the user is there, as tenant.yaml says and with this password. */
export async function ensureUser(
  api: SftpgoApi,
  spec: Pick<TenantSpec, 'code' | 'sftp'>,
  password: string,
): Promise<Ensured> {
  const wanted = tenantUser(spec);
  const { username } = wanted;
  const present = await api.find('users', username);
  if (present !== undefined && holds(present, wanted) && (await api.accepts(username, password)))
    return 'unchanged';
  if (present === undefined && (await api.add('users', { ...wanted, password }))) return 'made';
  await api.replace('users', username, { ...wanted, password });
  // One that has come in between is as good as made here.
  return present === undefined ? 'made' : 'changed';
}

/** Keeps the user out, and its files: for a tenant that uses SFTP no longer. */
export async function disableUser(api: SftpgoApi, spec: Pick<TenantSpec, 'code' | 'sftp'>): Promise<void> {
  const wanted = { ...tenantUser(spec), status: 0 };
  if ((await api.find('users', wanted.username)) === undefined) return;
  await ensure(api, 'users', wanted.username, wanted);
  await api.endSessions(wanted.username);
}
