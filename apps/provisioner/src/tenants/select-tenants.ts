import { readdir } from 'node:fs/promises';
import { CodedError, hasCode } from '#libs/errors';
import { slugOf, tenantCode } from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { readSpec } from './tenant.js';
import { exists, tenantFolder } from './tenant-folder.js';

/** Which tenants a command is about: codes or slugs, all, or those with labels. */
export interface Selection {
  codes: readonly string[];
  all?: boolean | undefined;
  /** `key=value` of `labels` in `tenant.yaml`; a tenant must have all of them. */
  selector?: readonly string[] | undefined;
}

/**
 * The slugs of the tenants that `selection` names: in the order given, else sorted.
 * @throws CodedError USAGE when it names none or mixes ways of naming, TENANT_NOT_FOUND
 */
export async function selectTenants(config: ProvisionerConfig, selection: Selection): Promise<string[]> {
  const { codes, all = false, selector = [] } = selection;
  const ways = [codes.length > 0, all, selector.length > 0].filter(Boolean).length;
  if (ways !== 1)
    throw usage('code', 'name tenants by their codes, by --selector, or with --all: one of the three');
  if (codes.length > 0) return namedTenants(config.root, codes);
  const slugs = await listTenants(config.root);
  if (all) return slugs;
  const wanted = selector.map(parseLabel);
  const chosen: string[] = [];
  for (const slug of slugs) {
    const { labels } = await readSpec(config.root, slug);
    if (wanted.every(([key, value]) => labels[key] === value)) chosen.push(slug);
  }
  if (chosen.length === 0) throw usage('--selector', `no tenant has ${selector.join(' and ')}`);
  return chosen;
}

/** The slugs of all tenants below the root, sorted. The host's own folders are not among them. */
export async function listTenants(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && isTenant(entry.name))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function isTenant(name: string): boolean {
  return slugOf(name) === name && tenantCode.safeParse(name.toUpperCase()).success;
}

async function namedTenants(root: string, codes: readonly string[]): Promise<string[]> {
  const slugs = new Set<string>();
  for (const code of codes) {
    const { slug, folder } = tenantFolder(root, code);
    if (!(await exists(folder))) throw new CodedError('TENANT_NOT_FOUND', { detail: folder });
    slugs.add(slug);
  }
  return [...slugs];
}

function parseLabel(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw usage('--selector', `must be key=value, such as region=north; it is ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function usage(path: string, message: string): CodedError {
  return new CodedError('USAGE', { problems: [{ path, message }] });
}
