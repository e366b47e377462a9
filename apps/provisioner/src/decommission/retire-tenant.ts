import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { backupTenant } from '../backup/backup-tenant.js';
import { forgetRestore } from '../backup/restore-record.js';
import { storeOf } from '../backup/stores/store-of.js';
import { verifyArchive } from '../backup/verify-archive.js';
import type { AdminApi } from '../fleet/admin-api.js';
import type { Context } from '../commands/context.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { hostFolder } from '../host-folder.js';
import { leaveEdge } from '../hosts/edge-networks.js';
import { tenantNetworks } from '../hosts/host.js';
import { releaseSubnets } from '../hosts/subnets.js';
import { exists, tenantFolder } from '../tenants/tenant-folder.js';
import { readTombstone, retiredHere, writeTombstone, type Tombstone } from '../tenants/tombstone.js';
import { removeSftp } from '../sftp/tenant-sftp.js';
import { removeContainers, removeNetworksAndVolumes } from './remove-stack.js';

/** What is to be retired, and how. */
export interface Retirement {
  code: string;
  host: string;
  /** Undefined for none. */
  backup?: { to: string | undefined };
  /** Undefined where Admin is not to be told. */
  admin?: { api: AdminApi; keep: boolean };
}

/**
 * Retires a tenant. The tombstone is written as soon as the last backup is proven: from then on the same command goes on to
 * the end, whatever is left. Work of a tenant's run.
 */
export async function retireTenant(
  context: Context,
  run: TenantRun,
  retirement: Retirement,
): Promise<Tombstone> {
  const { config, docker } = context;
  const begun = await readTombstone(config.root, run.slug);
  const tombstone = begun !== undefined && !begun.complete ? begun : await begin(context, run, retirement);
  if (retirement.admin !== undefined) {
    run.step('deregistering the customer in Admin');
    const { api, keep } = retirement.admin;
    await (keep ? api.disableCustomer(tombstone.code) : api.deleteCustomer(tombstone.code));
  }
  run.step('removing containers, networks and volumes');
  await removeContainers(docker, run.slug);
  // Also a Traefik that is stopped: it would not start again without a network that it remembers.
  await leaveEdge(docker, config.root, run.slug);
  await removeNetworksAndVolumes(docker, run.slug);
  run.step('removing its user and files on the SFTP server');
  await removeSftp(context, run.slug);
  run.step('removing files');
  await removeFiles(config, run.slug);
  await releaseSubnets(config.root, tenantNetworks(run.slug));
  const complete = { ...tombstone, complete: true };
  await writeTombstone(config.root, run.slug, complete);
  return complete;
}

async function begin(context: Context, run: TenantRun, retirement: Retirement): Promise<Tombstone> {
  const { code, host, backup } = retirement;
  const last = backup === undefined ? null : await lastBackup(context, run, backup.to);
  const tombstone = { code, host, ...retiredHere(), backup: last, complete: false };
  await writeTombstone(context.config.root, run.slug, tombstone);
  return tombstone;
}

async function lastBackup(
  context: Context,
  run: TenantRun,
  to: string | undefined,
): Promise<Tombstone['backup']> {
  const archive = await backupTenant(context, run, { reason: 'before decommission', to });
  const { id, store, location } = archive;
  await verifyArchive(context, run, storeOf(context.config, store), archive);
  return { id, store, location };
}

/** Renamed first: a folder that is half gone is not a tenant. */
async function removeFiles({ root }: ProvisionerConfig, slug: string): Promise<void> {
  const { folder } = tenantFolder(root, slug);
  if (await exists(folder)) await rename(folder, path.join(root, `.${slug}.removed-${process.pid}`));
  const left = (await readdir(root)).filter((name) => name.startsWith(`.${slug}.removed-`));
  for (const name of left) await rm(path.join(root, name), { recursive: true, force: true });
  await forgetRestore(root, slug);
  for (const kind of ['incoming', 'outgoing']) {
    await rm(hostFolder(root, 'backup', kind, slug), { recursive: true, force: true });
  }
}
