import { adminBlueprint } from './blueprints/admin.js';
import { edgeBlueprint } from './blueprints/edge.js';
import { monitoringBlueprint } from './blueprints/monitoring.js';
import { sftpBlueprint } from './blueprints/sftp.js';
import type { Stack } from './build-stack.js';
import type { HostFacts } from './host-facts.js';
import { defaultHostImages } from './host-images.js';
import type { HostSpec } from './host-spec.js';
import { hostNames } from './parse-host-spec.js';

/** The host's own stacks, in the order in which they start. Each is a folder of its name below the root. */
export const hostStacks = ['edge', 'admin', 'monitoring', 'sftp'] as const;
export type HostStackName = (typeof hostStacks)[number];

/** Secrets of the host's stacks that the provisioner makes up itself and keeps. */
export const hostSecrets: Readonly<Record<HostStackName, readonly string[]>> = {
  edge: [],
  admin: ['DATABASE_PASSWORD', 'DEFAULT_ADMIN_PASSWORD', 'SESSION_SECRET'],
  monitoring: [],
  /** The seed is 32 bytes, from which the SSH host key follows. */
  sftp: ['ADMIN_PASSWORD', 'HOST_KEY_SEED'],
};

/** True for the stacks that host.yaml asks for. The edge is always one. */
export function isWanted(spec: HostSpec, stack: HostStackName): boolean {
  return stack === 'edge' || spec.profiles[stack];
}

/** The networks that host.yaml asks for and that need a range of their own: name and length of the prefix. */
export function hostNetworks(spec: HostSpec): { name: string; prefix: number }[] {
  const names = hostNames(spec);
  const of = (stack: HostStackName, name: string) =>
    isWanted(spec, stack) ? [{ name: names.network(stack, name), prefix: 28 }] : [];
  return [
    { name: names.publicNetwork, prefix: 24 },
    { name: names.frontNetwork, prefix: 28 },
    ...of('edge', 'engine'),
    ...of('admin', 'private'),
    ...of('monitoring', 'private'),
    ...of('sftp', 'api'),
    ...(isWanted(spec, 'sftp') ? [{ name: names.sftpFrontNetwork, prefix: 28 }] : []),
  ];
}

/** One of the host's stacks. `secrets` are its own: generated ones as its `.env` keeps them, others as their files have them. */
export function buildHostStack(
  name: HostStackName,
  spec: HostSpec,
  facts: HostFacts,
  secrets: Readonly<Record<string, string>>,
): Stack {
  const images = { ...defaultHostImages(facts.version), ...spec.images };
  const built = blueprints[name](spec, facts, images, secrets);
  return {
    slug: name,
    source: 'host.yaml',
    secrets,
    ...built,
    variables: { COMPOSE_PROJECT_NAME: built.compose.name, ...built.variables },
  };
}

const blueprints = {
  edge: edgeBlueprint,
  admin: adminBlueprint,
  monitoring: monitoringBlueprint,
  sftp: sftpBlueprint,
};
