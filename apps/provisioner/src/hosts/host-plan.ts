import path from 'node:path';
import { CodedError } from '#libs/errors';
import {
  buildHostStack,
  envValues,
  hostNetworks,
  hostSecrets,
  hostStacks,
  isWanted,
  parseEnvFile,
  plan,
  render,
  type CurrentFile,
  type FilePlan,
  type HostFacts,
  type HostSpec,
  type HostStackName,
  type RenderedFile,
} from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { randomSecret } from '../secrets/generate-secrets.js';
import { readTemplates } from '../tenants/templates.js';
import { readCurrent } from '../tenants/tenant-folder.js';
import { engineGroupOf, readHostInputs } from './host-inputs.js';
import { previewSubnets, reserveSubnets } from './subnets.js';
import { backupUnits } from './systemd-units.js';

/** Files of one folder below the root, as they should be and what it takes to get there. */
export interface FolderPlan {
  /** Name of the folder: a stack of the host, or `systemd`. */
  name: HostStackName | 'systemd';
  rendered: RenderedFile[];
  files: FilePlan[];
}

/** Who owns what Traefik writes, as far as this process may decide it. */
export const traefikOwner =
  process.getuid?.() === 0
    ? { uid: 65_532, gid: 65_532 }
    : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/**
 * The files of the host's stacks, compared with what is on disk. Writes nothing but, unless `isPreview`, which ranges
 * the host's networks were given.
 */
export async function planHost(
  config: ProvisionerConfig,
  spec: HostSpec,
  isPreview: boolean,
): Promise<FolderPlan[]> {
  const { certificates, edgeSecrets } = await readHostInputs(spec);
  const giveOut = isPreview ? previewSubnets : reserveSubnets;
  const facts: HostFacts = {
    provisioningDir: config.provisioningDir,
    version: config.version,
    traefikUser: `${traefikOwner.uid}:${traefikOwner.gid}`,
    engineGroup: await engineGroupOf(spec.engine.socket),
    subnets: await giveOut(config.root, spec.networks.pool, hostNetworks(spec)),
    certificates,
  };
  const folders: FolderPlan[] = [];
  for (const name of hostStacks.filter((stack) => isWanted(spec, stack))) {
    folders.push(await planStack(config, name, spec, facts, name === 'edge' ? edgeSecrets : {}));
  }
  folders.push(await planFolder(config, 'systemd', backupUnits(config, spec), new Set()));
  return folders;
}

async function planStack(
  config: ProvisionerConfig,
  name: HostStackName,
  spec: HostSpec,
  facts: HostFacts,
  given: Record<string, string>,
): Promise<FolderPlan> {
  const current = await readCurrent(path.join(config.root, name), '.env');
  const env = current === undefined ? undefined : envValues(parseEnvFile(current.text));
  const secrets = { ...ownSecrets(name, env), ...given };
  const stack = buildHostStack(name, spec, facts, secrets);
  const known = new Set([...Object.keys(stack.variables), ...Object.keys(secrets)]);
  const kept = await addedByHand(path.join(config.root, name), env, known);
  const rendered = render(stack, (await readTemplates(config.composeDir, name)).templates, kept);
  return planFolder(config, name, rendered, new Set(Object.keys(stack.variables)));
}

/** Variables of `.env` that are neither ours nor a secret which the stack had once. */
async function addedByHand(
  folder: string,
  env: ReadonlyMap<string, string> | undefined,
  known: ReadonlySet<string>,
): Promise<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [key, value] of env ?? []) {
    const wasSecret = await readCurrent(folder, `secrets/${key.toLowerCase()}`);
    if (!known.has(key) && wasSecret === undefined) kept[key] = value;
  }
  return kept;
}

async function planFolder(
  { root }: ProvisionerConfig,
  name: FolderPlan['name'],
  rendered: RenderedFile[],
  shown: ReadonlySet<string>,
): Promise<FolderPlan> {
  const current = new Map<string, CurrentFile>();
  for (const file of rendered) current.set(file.path, await readCurrent(path.join(root, name), file.path));
  return { name, rendered, files: plan((file) => current.get(file), rendered, shown) };
}

/** Made up once. A missing one of a stack that exists is not made anew: its database would go on with the old one. */
function ownSecrets(name: HostStackName, env: Map<string, string> | undefined): Record<string, string> {
  const missing = hostSecrets[name].filter((secret) => env !== undefined && !env.get(secret));
  if (missing.length > 0) {
    throw new CodedError('HOST_SPEC_INVALID', {
      detail: `${name}/.env has lost secrets; restore it from a backup`,
      problems: missing.map((secret) => ({ path: `${name}/.env ${secret}`, message: 'is missing' })),
    });
  }
  return Object.fromEntries(hostSecrets[name].map((secret) => [secret, env?.get(secret) ?? randomSecret()]));
}
