import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, type InputProblem } from '#libs/errors';
import type { Finding } from '../checks/finding.js';
import { verifyTenant } from '../checks/verify-tenant.js';
import type { Context } from '../commands/context.js';

/** Traefik needs a moment to notice that a container is healthy, and a rollback is too high a price for one. */
const patienceSeconds = 30;
const pauseMs = 3_000;

/** Which checks find something wrong in the tenant, before a change. */
export async function wrongChecks(context: Context, slug: string): Promise<string[]> {
  return [...new Set(errorsIn(await verifyTenant(context, slug)).map(({ check }) => check))];
}

/**
 * Looks whether the tenant works as well as it did: what was wrong before the change is no reason to take it back.
 * @throws CodedError VERIFICATION_FAILED naming what is wrong now, and stays so
 */
export async function verifyChange(
  context: Context,
  slug: string,
  wrongBefore: readonly string[],
): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const problems = newProblems(await verifyTenant(context, slug), wrongBefore);
    if (problems.length === 0) return;
    if (waitedMs >= patienceSeconds * 1_000) {
      const detail = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
      throw new CodedError('VERIFICATION_FAILED', { detail });
    }
    await sleep(pauseMs);
  }
}

function newProblems(findings: readonly Finding[], wrongBefore: readonly string[]): InputProblem[] {
  return errorsIn(findings)
    .filter(({ check }) => !wrongBefore.includes(check))
    .map(({ check, found }) => ({ path: check, message: found }));
}

function errorsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
