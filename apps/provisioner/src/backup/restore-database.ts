import type { Context } from '../commands/context.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import type { BackupArchive } from './archive.js';

/**
 * Puts the database of an archive in the place of the tenant's: restored beside, compared with the manifest, then the
 * names are swapped while portal and Grafana are stopped. They stay stopped: `startStack` follows. Files and volumes
 * stay as they are. Work of a tenant's run: its lock is held. Cut off and called again it comes to the same.
 * @returns name of the database that the tenant had before, which is kept
 * @throws CodedError ARCHIVE_INVALID, ARCHIVE_MISMATCH, DOCKER_FAILED; the running database is untouched then
 */
export async function restoreDatabase(
  _context: Context,
  _run: TenantRun,
  _archive: BackupArchive,
): Promise<string> {
  throw new Error('not yet');
}
