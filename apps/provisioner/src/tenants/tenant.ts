import path from 'node:path';
import { CodedError } from '#libs/errors';
import {
  buildStack,
  envValues,
  parseEnvFile,
  parseTenantSpec,
  plan,
  render,
  slugOf,
  tenantSecrets,
  type CurrentFile,
  type FilePlan,
  type RenderedFile,
  type TenantSecrets,
  type TenantSpec,
} from '#libs/stack';
import { tenantHostSettings } from '../hosts/host.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { readTemplates } from './templates.js';
import { readCurrent, tenantFolder } from './tenant-folder.js';

/** A tenant as it stands on disk. */
export interface Tenant {
  slug: string;
  folder: string;
  spec: TenantSpec;
  secrets: TenantSecrets;
  /** What someone added to `.env` by hand. */
  kept: Record<string, string>;
}

/** A tenant's files as they should be, and what it takes to get there. */
export interface TenantPlan {
  rendered: RenderedFile[];
  files: FilePlan[];
}

/**
 * Reads the tenant that a user names by its code or its slug.
 * @throws CodedError USAGE for what is no code, TENANT_NOT_FOUND, or SPEC_INVALID when its files are not right
 */
export async function readTenant(config: ProvisionerConfig, codeOrSlug: string): Promise<Tenant> {
  const { slug, folder } = tenantFolder(config.root, codeOrSlug);
  const spec = await readSpec(config.root, slug);
  const env = envValues(parseEnvFile((await readCurrent(folder, '.env'))?.text ?? ''));
  const stack = buildStack(spec, config, {});
  const known = new Set([...Object.keys(stack.variables), ...tenantSecrets.map(({ name }) => name)]);
  return {
    slug,
    folder,
    spec,
    secrets: secretsOf(env),
    kept: Object.fromEntries([...env].filter(([name]) => !known.has(name))),
  };
}

/**
 * What ops wrote of a tenant.
 * @throws CodedError TENANT_NOT_FOUND, SPEC_INVALID
 */
export async function readSpec(root: string, slug: string): Promise<TenantSpec> {
  const folder = path.join(root, slug);
  const file = await readCurrent(folder, 'tenant.yaml');
  if (file === undefined) throw new CodedError('TENANT_NOT_FOUND', { detail: folder });
  const spec = parseTenantSpec(file.text);
  if (slugOf(spec.code) === slug) return spec;
  // Its volumes bear the code: under another one the stack would start empty.
  throw new CodedError('SPEC_INVALID', {
    problems: [{ path: 'code', message: `is ${spec.code} in the folder ${slug}; a code never changes` }],
  });
}

/** Renders the tenant and compares it with what is on disk. Writes nothing. */
export async function planTenant(config: ProvisionerConfig, tenant: Tenant): Promise<TenantPlan> {
  const { rendered, shown } = await renderTenant(config, tenant);
  const current = new Map<string, CurrentFile>();
  for (const { path } of rendered) current.set(path, await readCurrent(tenant.folder, path));
  return { rendered, files: plan((path) => current.get(path), rendered, shown) };
}

/** The tenant's files, and the names of the `.env` variables that may be shown. */
export async function renderTenant(
  config: ProvisionerConfig,
  { spec, secrets, kept }: Pick<Tenant, 'spec' | 'secrets' | 'kept'>,
): Promise<{ rendered: RenderedFile[]; shown: ReadonlySet<string> }> {
  const host = await tenantHostSettings(config.root, slugOf(spec.code));
  const stack = buildStack(spec, { ...config, ...host }, secrets);
  const templates = await readTemplates(config.composeDir, spec.blueprint);
  return { rendered: render(stack, templates, kept), shown: new Set(Object.keys(stack.variables)) };
}

/**
 * A missing secret is not made up anew: the database would go on with the old one, and the portal could not sign in.
 */
function secretsOf(env: Map<string, string>): TenantSecrets {
  const missing = tenantSecrets.filter(({ name, generated }) => generated && !env.get(name));
  if (missing.length > 0) {
    throw new CodedError('SPEC_INVALID', {
      detail: '.env has lost secrets; restore it from a backup',
      problems: missing.map(({ name }) => ({ path: `.env ${name}`, message: 'is missing' })),
    });
  }
  return Object.fromEntries(
    tenantSecrets.flatMap(({ name }) => {
      const value = env.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}
