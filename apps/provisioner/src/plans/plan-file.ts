import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CodedError, hasCode, type InputProblem } from '#libs/errors';
import { digest } from '../digest.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { Tenant, TenantPlan } from '../tenants/tenant.js';

/** Digests of everything that a tenant's plan follows from, by the name under which people know it. */
const digests = z.record(z.string(), z.string());
const schema = z.strictObject({
  version: z.literal(1),
  wattfleet: z.string(),
  root: z.string(),
  tenants: z.record(z.string(), digests),
});

/**
 * A plan to be looked at now and applied later. It holds no secret, and no digest of a single one: a short one could be
 * guessed.
 */
export type PlanFile = z.output<typeof schema>;

const renders = 'what wattfleet renders';

/** The digests of one tenant for the file. */
export function planDigests(tenant: Tenant, plan: TenantPlan): PlanFile['tenants'][string] {
  const { rendered, current, override, applied } = plan;
  const { templates } = z.object({ templates: z.string() }).parse(JSON.parse(applied.text));
  const state = (name: string) => {
    const file = current(name);
    return file === undefined ? 'none' : `${file.mode.toString(8)} ${file.text}`;
  };
  const secrets = rendered.map((file) => file.path).filter((name) => name.startsWith('secrets/'));
  return {
    'tenant.yaml': tenant.specDigest,
    'the templates': templates,
    '.env': digest(state('.env')),
    'compose.yaml': digest(state('compose.yaml')),
    'compose.override.yaml': digest(override?.text ?? ''),
    'secrets/': digest(...secrets.map(state)),
    [renders]: digest(...rendered.flatMap((file) => [file.path, String(file.mode), file.text])),
  };
}

/** For its owner alone: it tells how tenants are set up. */
export async function writePlanFile(
  file: string,
  { version, root }: ProvisionerConfig,
  tenants: PlanFile['tenants'],
): Promise<void> {
  const content: PlanFile = { version: 1, wattfleet: version, root, tenants };
  await writeFileAtomic(path.resolve(file), `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
}

/** @throws CodedError USAGE for what is no plan of this root, PLAN_STALE when another version made it */
export async function readPlanFile(file: string, { version, root }: ProvisionerConfig): Promise<PlanFile> {
  const parsed = schema.safeParse(await readJson(file));
  if (!parsed.success) throw usage(`${file} is not a plan that this version of wattfleet wrote`);
  const plan = parsed.data;
  if (plan.root !== root) throw usage(`${file} is a plan for ${plan.root}; --root is ${root}`);
  if (plan.wattfleet !== version) {
    throw new CodedError('PLAN_STALE', {
      detail: `wattfleet ${plan.wattfleet} made it, and this is ${version}`,
    });
  }
  return plan;
}

/**
 * What has changed since the plan was made, one problem for each thing; empty when nothing has. What the plan wanted and
 * is there already is no change: an apply that was cut off may go on.
 * @param hasChanges whether anything is left to write
 */
export function staleness(
  slug: string,
  planned: PlanFile['tenants'][string] | undefined,
  now: PlanFile['tenants'][string],
  hasChanges: boolean,
): InputProblem[] {
  if (planned === undefined) return [{ path: slug, message: 'is not in the plan' }];
  if (!hasChanges && planned[renders] === now[renders]) return [];
  return Object.keys(now)
    .filter((name) => planned[name] !== now[name])
    .map((name) => ({ path: slug, message: `${name} is not as it was` }));
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (hasCode(error, 'ENOENT')) throw usage(`there is no file ${file}`);
    throw error;
  }
}

function usage(message: string): CodedError {
  return new CodedError('USAGE', { problems: [{ path: '--plan', message }] });
}
