import { askFor, canAsk, type ConfirmOptions } from '../commands/confirm.js';
import type { Context } from '../commands/context.js';
import { planTenants } from './plan-tenants.js';

/** Whether what a tenant's plan would take away from its stack has been agreed to. */
export type Agreed = (slug: string) => boolean;

/**
 * Asks once, before anything is written, where tenants would lose data and somebody is there to be asked.
 * @throws CodedError CONFIRMATION_WRONG when the answer is no
 */
export async function confirmDataLoss(
  context: Context,
  slugs: readonly string[],
  options: ConfirmOptions,
): Promise<Agreed> {
  if (options.yes) return () => true;
  if (!canAsk(context, options)) return () => false;
  const lossy = new Map<string, string[]>();
  for await (const planned of planTenants(context.config, slugs, (error) => context.output.describe(error), {
    diffs: false,
  })) {
    if (planned.error !== undefined) continue;
    const { dataLoss } = planned.plan.stack;
    if (dataLoss.length > 0) lossy.set(planned.slug, dataLoss);
  }
  if (lossy.size === 0) return () => false;
  const lines = [...lossy].flatMap(([slug, losses]) => losses.map((loss) => `  ${slug}: ${loss}`));
  const [first = ''] = lossy.keys();
  await askFor(context, {
    question: ['This takes data away from the stacks:', ...lines].join('\n'),
    phrase: lossy.size === 1 ? first : `${lossy.size} tenants`,
  });
  return (slug) => lossy.has(slug);
}
