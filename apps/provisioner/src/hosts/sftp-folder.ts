import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import type { HostSpec } from '#libs/stack';

/** As whom SFTPGo's image runs. */
const sftpUser = 1_000;

/** Uploads that are under way, as the blueprint tells SFTPGo. No slug begins with a dot. */
const underWay = '.uploads';

/**
 * Makes the folder of tenants' files where there is none, closed to other users of the host.
 * @throws CodedError HOST_SPEC_INVALID when it cannot be made, or belongs to somebody else and may not be given away
 */
export async function makeSftpFolder(root: string, { sftp: { folder } }: HostSpec): Promise<void> {
  refuseBelow(root, folder);
  try {
    for (const place of [folder, path.join(folder, underWay)]) {
      await mkdir(place, { recursive: true });
      if ((await stat(place)).uid === sftpUser) continue;
      await chown(place, sftpUser, sftpUser);
      await chmod(place, 0o750);
    }
  } catch (cause) {
    const message = `cannot be made for user ${sftpUser}, as whom SFTPGo runs: run as root, or \`chown -R ${sftpUser}:${sftpUser} ${folder}\``;
    throw new CodedError('HOST_SPEC_INVALID', { problems: [{ path: 'sftp.folder', message }], cause });
  }
}

/** There it would be taken for a tenant. */
function refuseBelow(root: string, folder: string): void {
  const [first = ''] = path.relative(root, folder).split(path.sep);
  if (first.startsWith('.')) return;
  const message = `must not lie below ${root}, where every folder is a tenant's`;
  throw new CodedError('HOST_SPEC_INVALID', { problems: [{ path: 'sftp.folder', message }] });
}
