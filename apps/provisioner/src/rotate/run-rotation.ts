import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import { waitForLeftoverWork } from '../docker/leftover-work.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { readTenant } from '../tenants/tenant.js';
import { refusePendingChanges } from './write-secrets.js';
import type { Rotation, RotationOptions, RotationSubject } from './rotation.js';
import { readJournal, removeJournal, writeJournal, type RotationJournal } from './rotation-journal.js';

/** How a rotation ended that did not fail. */
export type RotationOutcome = { done: true } | { done: false; reason: string };

/**
 * Carries out one rotation of a tenant, or goes on with the one of its kind that a killed run has left.
 * @throws CodedError ROTATION_UNDONE when it failed and all is as before, ROTATION_STUCK when even that failed,
 * ROTATION_UNFINISHED when one of another kind was left, CHANGES_PENDING, TENANT_STOPPED
 */
export async function runRotation(
  context: Context,
  run: TenantRun,
  rotation: Rotation,
  options: RotationOptions,
): Promise<RotationOutcome> {
  const tenant = await readTenant(context.config, run.slug);
  const subject = { context, run, tenant, options };
  await waitForLeftoverWork(tenant.folder, options.waitSeconds);
  const left = await readJournal(tenant.folder);
  if (left !== undefined && left.name !== rotation.name) {
    const detail = `wattfleet rotate ${left.name} ${run.slug}, begun at ${left.startedAt}`;
    throw new CodedError('ROTATION_UNFINISHED', { detail });
  }
  if (left?.direction === 'back') await undo(rotation, subject, left);
  const journal = left?.direction === 'on' ? left : await begin(rotation, subject);
  if ('notApplicable' in journal) return { done: false, reason: journal.notApplicable };
  await carryOut(rotation, subject, journal);
  return { done: true };
}

async function begin(rotation: Rotation, subject: RotationSubject) {
  const { context, run, tenant } = subject;
  run.step(`${rotation.name}: making new values`);
  await refusePendingChanges(context.config, tenant);
  const prepared = await rotation.prepare(subject);
  if ('notApplicable' in prepared) return prepared;
  const journal: RotationJournal = {
    version: 1,
    name: rotation.name,
    startedAt: new Date().toISOString(),
    direction: 'on',
    ...(prepared as Pick<RotationJournal, 'next' | 'previous' | 'facts'>),
  };
  await writeJournal(tenant.folder, journal);
  return journal;
}

async function carryOut(rotation: Rotation, subject: RotationSubject, journal: RotationJournal) {
  const { run, tenant } = subject;
  try {
    run.step(`${rotation.name}: setting them`);
    await rotation.apply(subject, journal);
    run.step(`${rotation.name}: verifying`);
    await rotation.verify(subject, journal);
  } catch (error) {
    // Both values are written down: the same command goes on with it.
    if (error instanceof CodedError && error.code === 'INTERRUPTED') throw error;
    await undo(rotation, subject, journal);
    const { message, remedy } = subject.context.output.describe(error);
    throw new CodedError('ROTATION_UNDONE', { detail: `${rotation.name}: ${message} (${remedy})` });
  }
  await rotation.commit(subject, journal);
  await removeJournal(tenant.folder);
}

async function undo(rotation: Rotation, subject: RotationSubject, journal: RotationJournal): Promise<void> {
  const { context, run, tenant } = subject;
  await writeJournal(tenant.folder, { ...journal, direction: 'back' });
  try {
    // Told, but no place to stop at: the tenant is between its old and its new values.
    context.output.note(`${run.slug}: ${rotation.name}: putting the old values back`);
    await rotation.undo(subject, journal);
  } catch (error) {
    const { message } = context.output.describe(error);
    throw new CodedError('ROTATION_STUCK', { detail: `${rotation.name}: ${message}` });
  }
  await removeJournal(tenant.folder);
}
