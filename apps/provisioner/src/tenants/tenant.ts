import path from 'node:path';
import { CodedError } from '#libs/errors';
import {
  alertProblems,
  buildStack,
  envValues,
  hasChanges,
  parseEnvFile,
  parseTenantSpec,
  plan,
  planStack,
  render,
  slugOf,
  tenantSecrets,
  type CurrentFile,
  type FilePlan,
  type RenderedFile,
  type StackPlan,
  type TenantSecrets,
  type TenantSpec,
} from '#libs/stack';
import { tenantHostSettings } from '../hosts/host.js';
import { withSftpSecrets } from '../sftp/first-secrets.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { digest } from '../digest.js';
import { appliedFile, appliedRecord, causesOf, readApplied, type Applied } from './applied.js';
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
  /** Digest of `tenant.yaml` as it stands. */
  specDigest: string;
}

/** A tenant's files as they should be, and what it takes to get there. */
export interface TenantPlan {
  rendered: RenderedFile[];
  files: FilePlan[];
  /** What the files mean for the services. */
  stack: StackPlan;
  /** Why there are changes, where the last apply left a record. */
  causes: string[];
  /** Ops' own `compose.override.yaml`; what it does is in neither of the two. */
  override: CurrentFile;
  /** Goes with the files, for the next plan's causes. */
  applied: RenderedFile;
  current: (path: string) => CurrentFile;
}

/**
 * Reads the tenant that a user names by its code or its slug.
 * @throws CodedError USAGE for what is no code, TENANT_NOT_FOUND, or SPEC_INVALID when its files are not right
 */
export async function readTenant(config: ProvisionerConfig, codeOrSlug: string): Promise<Tenant> {
  const { slug, folder } = tenantFolder(config.root, codeOrSlug);
  const { spec, specDigest } = await readSpecFile(config.root, slug);
  const env = envValues(parseEnvFile((await readCurrent(folder, '.env'))?.text ?? ''));
  const stack = buildStack(spec, config, {});
  const known = new Set([...Object.keys(stack.variables), ...tenantSecrets.map(({ name }) => name)]);
  return {
    slug,
    folder,
    spec,
    secrets: withSftpSecrets(secretsOf(env), spec),
    kept: Object.fromEntries([...env].filter(([name]) => !known.has(name))),
    specDigest,
  };
}

/**
 * What ops wrote of a tenant.
 * @throws CodedError TENANT_NOT_FOUND, SPEC_INVALID
 */
export async function readSpec(root: string, slug: string): Promise<TenantSpec> {
  return (await readSpecFile(root, slug)).spec;
}

async function readSpecFile(root: string, slug: string): Promise<{ spec: TenantSpec; specDigest: string }> {
  const folder = path.join(root, slug);
  const file = await readCurrent(folder, 'tenant.yaml');
  if (file === undefined) throw new CodedError('TENANT_NOT_FOUND', { detail: folder });
  const spec = parseTenantSpec(file.text);
  if (slugOf(spec.code) === slug) return { spec, specDigest: digest(file.text) };
  // Its volumes bear the code: under another one the stack would start empty.
  throw new CodedError('SPEC_INVALID', {
    problems: [{ path: 'code', message: `is ${spec.code} in the folder ${slug}; a code never changes` }],
  });
}

/** Renders the tenant and compares it with what is on disk. Writes nothing. `diffs` false leaves the diffs of files empty. */
export async function planTenant(
  config: ProvisionerConfig,
  tenant: Tenant,
  { diffs = true }: { diffs?: boolean } = {},
): Promise<TenantPlan> {
  const { rendered, shown, applied } = await renderTenant(config, tenant);
  const names = [...rendered.map(({ path }) => path), 'compose.override.yaml'];
  const texts = await Promise.all(names.map((path) => readCurrent(tenant.folder, path)));
  const files = new Map(names.map((path, index) => [path, texts[index]]));
  const current = (path: string) => files.get(path);
  const before = await readApplied((path) => readCurrent(tenant.folder, path));
  const filePlans = plan(current, rendered, shown, diffs);
  return {
    rendered,
    files: filePlans,
    stack: planStack(current, rendered),
    causes: hasChanges(filePlans) ? causesOf(before, applied, current) : [],
    override: current('compose.override.yaml'),
    applied: appliedFile(applied),
    current,
  };
}

/** The tenant's files, the names of the `.env` variables that may be shown, and the record of what they are made of. */
export async function renderTenant(
  config: ProvisionerConfig,
  { spec, secrets, kept, specDigest }: Pick<Tenant, 'spec' | 'secrets' | 'kept' | 'specDigest'>,
): Promise<{ rendered: RenderedFile[]; shown: ReadonlySet<string>; applied: Applied }> {
  const host = await tenantHostSettings(config.root, slugOf(spec.code));
  const problems = alertProblems(spec, secrets);
  if (spec.sftp.enabled && host.sftp === undefined) {
    const message =
      'is true, but this host has no SFTP server: set profiles.sftp in host.yaml, then `wattfleet host init`';
    problems.push({ path: 'sftp.enabled', message });
  }
  if (problems.length > 0) throw new CodedError('SPEC_INVALID', { problems });
  const stack = buildStack(spec, { ...config, ...host }, secrets);
  const { templates, digest } = await readTemplates(config.composeDir, spec.blueprint);
  const rendered = render(stack, templates, kept);
  const made = { wattfleet: config.version, templates: digest, tenantYaml: specDigest };
  return { rendered, shown: new Set(Object.keys(stack.variables)), applied: appliedRecord(made, rendered) };
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
