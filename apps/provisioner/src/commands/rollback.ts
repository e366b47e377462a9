import { runTenants, type Done, type TenantRun } from '../rollout/run-tenants.js';
import { confirmLoss, plannedRollback, type PlannedRollback } from '../update/planned-rollback.js';
import { checkBackup, rollBackTenant } from '../update/roll-back-tenant.js';
import { confirming, type ConfirmOptions } from './confirm.js';
import {
  many,
  manyTenants,
  shared,
  wholeNumber,
  type Context,
  type ManyOptions,
  type Register,
} from './context.js';

interface RollbackOptions extends ManyOptions, ConfirmOptions {
  waitSeconds: number;
}

export const registerRollback: Register = (program, start) => {
  const command = program
    .command('rollback')
    .summary('bring tenants back to the release before their last update')
    .description(
      'Takes the last update back: files and images as before it, secrets as they are now. Where ' +
        'migrations have run since, the database of before the update is restored, too: what was written ' +
        'since is lost, and asked about first. Done once more it goes back one release further.',
    );
  confirming(many(command, 2)).option(
    '--wait-seconds <n>',
    'how long a stack may take to become healthy',
    wholeNumber(1),
    300,
  );
  shared(command, ['rollback ABC0001', 'rollback --all --yes --parallel 4']).action(start(rollback));
};

async function rollback(context: Context, options: RollbackOptions, codes: string[]): Promise<number> {
  const tenants = await manyTenants(context, 'rollback', options, codes);
  const planned = new Map<string, PlannedRollback>();
  for (const slug of tenants.slugs) planned.set(slug, await plannedRollback(context, slug));
  await confirmLoss(context, options, [...planned.values()]);
  return runTenants(context, {
    ...tenants,
    work: (run) => rollBack(context, run, options.waitSeconds),
  });
}

async function rollBack(context: Context, run: TenantRun, waitSeconds: number): Promise<Done> {
  run.step('looking');
  // Under the lock once more: another run may have changed the tenant meanwhile.
  const { release, loss } = await plannedRollback(context, run.slug);
  if (loss !== undefined) await checkBackup(context, run, release);
  const { databaseRestored } = await rollBackTenant(context, run, { release, waitSeconds });
  const { portal, timescaledb, grafana } = release.before.images;
  const database = databaseRestored ? `, database of ${release.backup?.createdAt}` : '';
  return { detail: `back to ${portal}, ${timescaledb}, ${grafana}${database}` };
}
