import type { Context } from '../commands/context.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import type { BackupArchive } from './archive.js';

export interface BackupOptions {
  /** Why it is made, for people who read the list: `by hand`, `before update`. */
  reason: string;
  /** Where to; what `tenant.yaml` says unless given. */
  to?: string | undefined;
}

/**
 * Makes a complete, checked archive of a tenant that runs or not. Work of a tenant's run: its lock is held.
 * @throws CodedError BACKUP_FAILED, DOCKER_FAILED; nothing that is listed is left behind then
 */
export async function backupTenant(
  _context: Context,
  _run: TenantRun,
  _options: BackupOptions,
): Promise<BackupArchive> {
  throw new Error('not yet');
}
