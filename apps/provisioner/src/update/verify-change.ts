import { CodedError } from '#libs/errors';
import type { Finding } from '../checks/finding.js';
import { verifyTenant } from '../checks/verify-tenant.js';
import type { Context } from '../commands/context.js';

/** Which checks find something wrong in the tenant, before a change. */
export async function wrongChecks(context: Context, slug: string): Promise<string[]> {
  return [...new Set(errorsIn(await verifyTenant(context, slug)).map(({ check }) => check))];
}

/**
 * Looks whether the tenant works as well as it did: what was wrong before the change is no reason to take it back.
 * @throws CodedError VERIFICATION_FAILED naming what is wrong now
 */
export async function verifyChange(
  context: Context,
  slug: string,
  wrongBefore: readonly string[],
): Promise<void> {
  const problems = errorsIn(await verifyTenant(context, slug))
    .filter(({ check }) => !wrongBefore.includes(check))
    .map(({ check, found }) => ({ path: check, message: found }));
  if (problems.length === 0) return;
  const detail = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new CodedError('VERIFICATION_FAILED', { detail, problems });
}

function errorsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
