import path from 'node:path';
import { CodedError } from '#libs/errors';
import { backupStorePattern, type TenantSpec } from '#libs/stack';
import type { ProvisionerConfig } from '../../provisioner.config.js';
import { FolderStore } from './folder-store.js';
import { RcloneStore } from './rclone-store.js';
import { ResticStore } from './restic-store.js';
import type { Store } from './store.js';

/**
 * The store that `--to` or `--store` names, else `backup.to` of the tenant, else `backups/` below the root.
 * @throws CodedError USAGE for what names none
 */
export function storeOf(
  config: ProvisionerConfig,
  given: string | undefined,
  spec?: Pick<TenantSpec, 'backup'>,
): Store {
  const isOption = given !== undefined;
  const name = given ?? spec?.backup.to ?? path.join(config.root, 'backups');
  const wanted = isOption && !/^(rclone|restic):/.test(name) ? path.resolve(name) : name;
  if (!backupStorePattern.test(wanted)) {
    const message = `must be a folder, rclone:REMOTE:PATH or restic:REPOSITORY; it is ${name}`;
    throw new CodedError('USAGE', {
      problems: [{ path: given === undefined ? 'backup.to' : '--to or --store', message }],
    });
  }
  if (wanted.startsWith('rclone:')) return new RcloneStore(config.root, wanted);
  if (wanted.startsWith('restic:')) return new ResticStore(config.root, wanted);
  return new FolderStore(wanted);
}
