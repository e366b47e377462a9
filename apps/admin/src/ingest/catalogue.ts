import type { EntityManager } from 'typeorm';
import type { ReceivedBatch } from '#libs/contracts';
import { sqlState } from '#libs/database';
import { CodedError } from '#libs/errors';
import {
  bumpCatalogueVersion,
  checkNames,
  deleteCatalogue,
  putChannels,
  putDevices,
  putSites,
  recountCustomer,
  selectChannelsBelow,
} from './catalogue.queries.js';
import type { BatchType } from './ledger.queries.js';
import { deleteMeasurements } from './measurements.queries.js';

/**
 * Creates and changes the customer's sites, devices and channels as the batch says.
 * @returns how many there were to change
 * @throws CodedError INGEST_BATCH_INVALID when what is sent contradicts itself
 */
export function putCatalogue(
  manager: EntityManager,
  customerId: number,
  { sites, devices, channels, deleted }: ReceivedBatch,
): Promise<number> {
  return refuseData(async () => {
    let changed = 0;
    if (sites.length > 0) changed += await putSites(manager, customerId, sites, deleted);
    if (devices.length > 0) changed += await putDevices(manager, customerId, devices, deleted);
    if (channels.length > 0) changed += await putChannels(manager, customerId, channels, deleted);
    return changed;
  });
}

/**
 * Removes what the batch deletes, with everything below it and what that has measured. Unknown ids are gone already.
 * @returns how many there were to remove
 */
export async function removeDeleted(
  manager: EntityManager,
  customerId: number,
  batch: ReceivedBatch,
): Promise<number> {
  if (!hasDeletion(batch)) return 0;
  const { deleted } = batch;
  const channelIds = await selectChannelsBelow(manager, customerId, deleted);
  const rows = await deleteMeasurements(manager, customerId, channelIds);
  const removed = await deleteCatalogue(manager, customerId, deleted);
  if (rows > 0) await recountCustomer(manager, customerId, rows);
  return removed;
}

/**
 * Ends a change of the catalogue.
 * @throws CodedError INGEST_BATCH_INVALID when two sites, devices or channels now have the same name
 */
export async function settleCatalogue(manager: EntityManager, customerId: number): Promise<void> {
  await refuseData(() => checkNames(manager));
  await bumpCatalogueVersion(manager, customerId);
}

/** True where the batch names something to delete, whether there is such a thing or not. */
export function hasDeletion({ deleted: { sites, devices, channels } }: ReceivedBatch): boolean {
  return sites.length + devices.length + channels.length > 0;
}

/** What the operator is told that the batch was. */
export function typeOf(batch: ReceivedBatch): BatchType {
  if (hasDeletion(batch)) return 'deletion';
  return batch.measurements.time.length > 0 ? 'measurements' : 'catalogue';
}

/** SQLSTATE classes of what the data itself is to blame for: named twice, not text, or a reference to nothing. */
const dataErrors = /^(21|22|23)/;

/** Sent again it would fail again: the portal must set it aside, as what is malformed in any other way. */
async function refuseData<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!dataErrors.test(sqlState(error))) throw error;
    const detail = 'its sites, devices and channels contradict each other or hold what is not text';
    throw new CodedError('INGEST_BATCH_INVALID', { detail, cause: error });
  }
}
