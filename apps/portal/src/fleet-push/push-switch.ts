import type { DataSource } from 'typeorm';
import type { FleetPushSettings } from '../portal.config.js';
import { lockData } from './data-lock.js';
import { clearOutbox, selectPushSettings, updatePushSettings } from './outbox.queries.js';
import { startReconcile } from './reconcile.queries.js';

/**
 * Writes down whether there is a push, so that every writer of this database, also one in another process, does the
 * same. Where it is switched on, what was changed meanwhile is found by a comparison with Admin; entries from before
 * would bring back what was changed since.
 * @param fleet undefined where nothing is pushed
 */
export async function applyPushSettings(
  dataSource: DataSource,
  fleet: FleetPushSettings | undefined,
): Promise<void> {
  const before = await selectPushSettings(dataSource.manager);
  const enabled = fleet !== undefined;
  const isSame = before.enabled === enabled && (fleet?.batchRows ?? before.batchRows) === before.batchRows;
  // Without the lock, because a long import would hold up the start.
  if (isSame) return;
  await dataSource.transaction(async (manager) => {
    await lockData(manager);
    const { enabled: wasEnabled } = await updatePushSettings(manager, enabled, fleet?.batchRows ?? null);
    if (!enabled || wasEnabled) return;
    await clearOutbox(manager);
    await startReconcile(manager, 'enabled');
  });
}
