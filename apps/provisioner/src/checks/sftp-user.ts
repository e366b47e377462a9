import { hasJoinedSftp } from '../hosts/edge-networks.js';
import { readHost } from '../hosts/host.js';
import { holds } from '../sftp/ensure.js';
import { openSftp } from '../sftp/sftp-host.js';
import { hookName } from '../sftp/upload-hook.js';
import { tenantUser } from '../sftp/tenant-user.js';
import { error, ok, skipped, warning, type Found } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** A folder that is nearly full refuses the next files. */
const fullShare = 0.9;

/** The tenant's user on the SFTP server is as tenant.yaml says, signs in, and has room. */
export const sftpUser: TenantCheck = {
  id: 'sftp',
  title: 'Meters can upload over SFTP',
  run: async ({ config, docker, tenant: { slug, spec, secrets } }) => {
    if (!spec.sftp.enabled) return [skipped('sftp.enabled is not true in tenant.yaml')];
    const api = await openSftp(config, await readHost(config.root));
    const up = `wattfleet up ${slug}`;
    const wanted = tenantUser(spec);
    const user = await api.find('users', slug);
    if (user === undefined) return [error(`the SFTP server has no user ${slug}`, up)];
    const other = Object.entries(wanted)
      .filter(([key, value]) => !holds(user[key], value))
      .map(([key]) => (key === 'status' ? 'it is disabled' : key));
    if (other.length > 0) return [error(`the user ${slug} is not as it should be: ${other.join(', ')}`, up)];
    if (!(await api.accepts(slug, secrets.SFTP_PASSWORD ?? '')))
      return [error(`the SFTP server refuses the password of ${slug} that .env has`, up)];
    if (!(await hasJoinedSftp(docker, config.root, slug)))
      return [error('the portal does not reach the SFTP server: it is not in its network', up)];
    const hook = await api.find('eventrules', hookName(slug));
    return [
      room(spec.sftp.quotaBytes, Number(user['used_quota_size'] ?? 0)),
      ...(hook === undefined ? [warning('the portal is not told of uploads, and finds them later', up)] : []),
    ];
  },
};

function room(quotaBytes: number, usedBytes: number): Found {
  const share = quotaBytes === 0 ? 0 : usedBytes / quotaBytes;
  const used = `${Math.round(usedBytes / 1e6)} MB${quotaBytes === 0 ? '' : ` of ${Math.round(quotaBytes / 1e6)} MB`} used`;
  if (share < fullShare) return ok(`the user signs in; ${used}`);
  return warning(
    used,
    'raise sftp.quotaBytes in tenant.yaml, or let the customer tidy up; then wattfleet up',
  );
}
