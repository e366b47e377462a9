import pMap from 'p-map';
import { CodedError } from '#libs/errors';
import { recordAudit } from '../audit/audit-log.js';
import type { Context } from '../commands/context.js';
import { withTenantLock } from '../tenants/tenant-lock.js';
import { RunProgress } from './run-progress.js';
import { RunRecord } from './run-record.js';
import type { TenantResult } from './tenant-result.js';

/** How a command goes over its tenants. */
export interface RolloutOptions {
  /** So many tenants at once. */
  parallel: number;
  /** So many first, one by one; the rest only when all of them are done. */
  canary: number;
  /** After the first failure no further tenant is begun. */
  failFast: boolean;
}

/** What a command does for one tenant works with. */
export interface TenantRun {
  slug: string;
  /**
   * Begins a step that people are shown. A run that Ctrl-C has interrupted ends here: between two steps a tenant may be
   * left, and the same command goes on with it.
   * @throws CodedError INTERRUPTED
   */
  step: (text: string) => void;
}

/** What a command has to say of a tenant that it is done with. */
export interface Done {
  detail: string;
  next?: string;
}

/** Of one command over its tenants. */
export interface Rollout {
  /** As typed, without tenants and options: `up`, `rotate db`. */
  command: string;
  slugs: readonly string[];
  options: RolloutOptions;
  /** What its command line says beside the tenants, where `--resume` and a second try need it. */
  given?: readonly string[];
  work: (run: TenantRun) => Promise<Done>;
}

/**
 * Runs a command over its tenants: canaries first, then the rest, each under its lock, with a line in the audit log and its place
 * in the record that `--resume` reads. Ends with the table of results.
 * @returns the exit code: 0 all done, 1 none done, 3 some
 */
export async function runTenants(context: Context, rollout: Rollout): Promise<number> {
  const { command, slugs, options, given = [] } = rollout;
  const { record, dropped } = await RunRecord.start(context.config.root, command, slugs, given);
  if (dropped.length > 0) {
    context.output.note(
      `Note: an earlier wattfleet ${command} left ${dropped.join(', ')}; --resume no longer goes on with it.`,
    );
  }
  const progress = RunProgress.start(context.output, command, slugs.length);
  const results = new Map<string, TenantResult>();
  let halted = false;
  const one = async (slug: string): Promise<void> => {
    if (halted || context.signal.aborted) return;
    const result = await runTenant(context, rollout, progress, slug);
    results.set(slug, result);
    if (result.result === 'done') record.done(slug);
    else if (options.failFast) halted = true;
    progress.finished(result);
  };
  const canaries = slugs.slice(0, options.canary);
  await pMap(canaries, one, { concurrency: 1 });
  const allWell = canaries.every((slug) => results.get(slug)?.result === 'done');
  if (allWell) await pMap(slugs.slice(canaries.length), one, { concurrency: options.parallel });
  await record.settled();
  const all = slugs.map((slug) => results.get(slug) ?? notBegun(slug));
  const again = (tenant: string) => ['wattfleet', command, tenant, ...given].join(' ');
  progress.end(all, { again, resume: `wattfleet ${command} --resume` });
  return exitCodeOf(all);
}

async function runTenant(
  context: Context,
  { command, work }: Rollout,
  progress: RunProgress,
  slug: string,
): Promise<TenantResult> {
  const { root } = context.config;
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
  const audit = (result: 'done' | 'failed' | 'interrupted', detail?: string) =>
    recordAudit(root, {
      command,
      tenant: slug,
      result,
      seconds: seconds(),
      ...(detail !== undefined && { detail }),
    });
  const step = (text: string) => {
    if (context.signal.aborted) throw new CodedError('INTERRUPTED');
    progress.step(slug, text);
  };
  try {
    return await withTenantLock(root, slug, `wattfleet ${command}`, async () => {
      await recordAudit(root, { command, tenant: slug, result: 'started' });
      const done = await work({ slug, step });
      await audit('done', done.detail);
      return { tenant: slug, result: 'done', seconds: seconds(), ...done };
    });
  } catch (error) {
    const told = context.output.describe(error);
    const interrupted = told.code === 'INTERRUPTED';
    await audit(interrupted ? 'interrupted' : 'failed', told.code);
    return { tenant: slug, result: interrupted ? 'remaining' : 'failed', seconds: seconds(), error: told };
  }
}

function notBegun(slug: string): TenantResult {
  return { tenant: slug, result: 'remaining', seconds: 0 };
}

function exitCodeOf(results: readonly TenantResult[]): number {
  const done = results.filter(({ result }) => result === 'done').length;
  if (done === results.length) return 0;
  return done === 0 ? 1 : 3;
}
