import { readdirSync } from 'node:fs';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import { buildStack } from '#libs/stack';
import { parseArchiveId } from '../backup/archive.js';
import { wantedImages } from '../checks/drift.js';
import type { Container } from '../docker/containers.js';
import { stackState } from '../docker/stack-state.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { readTenant, type Tenant } from '../tenants/tenant.js';

/** What can be told of a tenant at a glance. */
export interface TenantStatus {
  tenant: string;
  host: string;
  state: string;
  containers: {
    service: string;
    state: string;
    health: string;
    image: string;
    uptime: string;
    /** Null where it was not asked for or does not run. */
    memoryBytes: number | null;
  }[];
  /** Services whose image is not the one of tenant.yaml, with both. */
  drift: { service: string; runs: string; wanted: string }[];
  push: 'off' | 'no token' | 'on';
  /** ISO 8601; null where the folder of backups has none, or they are kept elsewhere. */
  lastBackupAt: string | null;
}

/** @param memory bytes by container, where they are known */
export async function tenantStatus(
  config: ProvisionerConfig,
  slug: string,
  containers: readonly Container[],
  memory: ReadonlyMap<string, number>,
): Promise<TenantStatus> {
  const tenant = await readTenant(config, slug);
  const images = wantedImages(buildStack(tenant.spec, config, tenant.secrets));
  return {
    tenant: slug,
    host: tenant.spec.host,
    state: stackState(containers),
    containers: containers.map(({ id, service, state, health, image, uptime }) => {
      return { service, state, health, image, uptime, memoryBytes: memory.get(id) ?? null };
    }),
    drift: containers.flatMap(({ service, image: runs }) => {
      const wanted = images.get(service);
      return wanted === undefined || wanted === runs ? [] : [{ service, runs, wanted }];
    }),
    push: pushOf(tenant),
    lastBackupAt: lastBackup(config, tenant),
  };
}

function pushOf({ spec, secrets }: Tenant): TenantStatus['push'] {
  if (!spec.fleet.enabled) return 'off';
  return secrets.FLEET_INGEST_TOKEN === undefined ? 'no token' : 'on';
}

/** By the names of the archives alone: a host has thousands of them. */
function lastBackup({ root }: ProvisionerConfig, { slug, spec }: Tenant): string | null {
  const store = spec.backup.to ?? path.join(root, 'backups');
  if (!store.startsWith('/')) return null;
  try {
    const times = readdirSync(path.join(store, slug)).flatMap(
      (name) => parseArchiveId(name)?.createdAt ?? [],
    );
    return times.toSorted().at(-1) ?? null;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'EACCES')) return null;
    throw error;
  }
}
