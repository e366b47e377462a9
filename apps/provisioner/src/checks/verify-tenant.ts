import pMap from 'p-map';
import type { Context } from '../commands/context.js';
import { containersHealthy } from './containers-healthy.js';
import { findingsOf, type Finding } from './finding.js';
import { portalReady } from './portal-ready.js';
import { tenantSubject, type TenantCheck } from './tenant-subject.js';

/** Everything `verify` looks at in a tenant, in the order in which it is told. */
const tenantChecks: readonly TenantCheck[] = [containersHealthy, portalReady];

/** The engine answers each question with a process of its own: more at once only wait for each other. */
const parallelChecks = 4;

/**
 * Looks at everything that makes a tenant's stack work. Changes nothing.
 * @throws CodedError TENANT_NOT_FOUND, SPEC_INVALID, DOCKER_MISSING, DOCKER_FAILED when nothing can be looked at at all
 */
export async function verifyTenant(
  { config, docker, output }: Pick<Context, 'config' | 'docker' | 'output'>,
  slug: string,
): Promise<Finding[]> {
  const subject = await tenantSubject({ config, docker }, slug);
  const findings = await pMap(
    tenantChecks,
    (check) => findingsOf(check, subject, (cause) => output.describe(cause)),
    { concurrency: parallelChecks },
  );
  return findings.flat();
}
