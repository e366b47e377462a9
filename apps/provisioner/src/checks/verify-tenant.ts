import pMap from 'p-map';
import type { Context } from '../commands/context.js';
import { backupAge } from './backup-age.js';
import { certificate } from './certificate.js';
import { containersHealthy } from './containers-healthy.js';
import { databaseJobs } from './database-jobs.js';
import { dns } from './dns.js';
import { drift } from './drift.js';
import { filesInStep } from './files-in-step.js';
import { findingsOf, type Finding } from './finding.js';
import { forwardAuth } from './forward-auth.js';
import { grafanaRole } from './grafana-role.js';
import { grafanaSource } from './grafana-source.js';
import { hypertable } from './hypertable.js';
import { migrations } from './migrations.js';
import { permissions } from './permissions.js';
import { portalReady } from './portal-ready.js';
import { push } from './push.js';
import { sftpUser } from './sftp-user.js';
import { tenantSubject, type TenantCheck } from './tenant-subject.js';
import { volumes } from './volumes.js';

/** What a change of the stack can break. */
const stackChecks: readonly TenantCheck[] = [
  containersHealthy,
  portalReady,
  migrations,
  hypertable,
  volumes,
  grafanaRole,
  grafanaSource,
  forwardAuth,
];

/** What `verify` looks at, in the order in which it is told: the stack, then what is around it. */
export const tenantChecks: readonly TenantCheck[] = [
  ...stackChecks,
  drift,
  filesInStep,
  permissions,
  databaseJobs,
  push,
  sftpUser,
  certificate,
  dns,
  backupAge,
];

/** The engine answers each question with a process of its own: more at once only wait for each other. */
const parallelChecks = 4;

/**
 * Looks at what makes a tenant's stack work: at what a change of the stack can break, unless other checks are given.
 * Changes nothing.
 * @throws CodedError TENANT_NOT_FOUND, SPEC_INVALID, DOCKER_MISSING, DOCKER_FAILED when nothing can be looked at at all
 */
export async function verifyTenant(
  { config, docker, output }: Pick<Context, 'config' | 'docker' | 'output'>,
  slug: string,
  checks: readonly TenantCheck[] = stackChecks,
): Promise<Finding[]> {
  const subject = await tenantSubject({ config, docker }, slug);
  const findings = await pMap(
    checks,
    (check) => findingsOf(check, subject, (cause) => output.describe(cause)),
    { concurrency: parallelChecks },
  );
  return findings.flat();
}
