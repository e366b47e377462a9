import path from 'node:path';
import { CodedError } from '#libs/errors';
import { hostNames, hostStacks, isWanted, type HostSpec } from '#libs/stack';
import type { Context } from '../commands/context.js';
import { composeDown, composeUp } from '../docker/compose.js';
import { listContainers } from '../docker/containers.js';
import { exists } from '../tenants/tenant-folder.js';
import { listTenants } from '../tenants/select-tenants.js';
import { readSpec } from '../tenants/tenant.js';
import { joinAllTenants, joinSftp } from './edge-networks.js';

/** What starting the host's stacks came to. */
export interface StartedHost {
  started: { stack: string; containers: number }[];
  stopped: string[];
  /** Networks of tenants that Traefik joined. */
  joined: string[];
  /** Those that the SFTP server joined. */
  sftpJoined: string[];
}

/** After the SFTP server was made anew: the networks of all tenants that use it. */
async function joinSftpUsers(docker: Context['docker'], root: string): Promise<string[]> {
  const users: string[] = [];
  for (const slug of await listTenants(root)) {
    // A tenant.yaml that is not right is told of where it matters.
    const spec = await readSpec(root, slug).catch(() => undefined);
    if (spec?.sftp.enabled) users.push(slug);
  }
  return joinSftp(docker, root, users);
}

/**
 * Brings the host's stacks after their files: starts those that host.yaml asks for, stops the others, and has Traefik
 * join the networks of all tenants, which a Traefik that was made anew has left.
 */
export async function startHost(
  { config, docker, output, signal }: Context,
  spec: HostSpec,
  waitSeconds: number,
): Promise<StartedHost> {
  const done: StartedHost = { started: [], stopped: [], joined: [], sftpJoined: [] };
  const running = async (stack: string) => {
    const containers = await listContainers(docker, hostNames(spec).project(stack));
    return containers.filter(({ state }) => state === 'running').map(({ id }) => id);
  };
  for (const stack of hostStacks) {
    if (signal.aborted) throw new CodedError('INTERRUPTED');
    const folder = path.join(config.root, stack);
    const before = await running(stack);
    if (isWanted(spec, stack)) {
      output.note(`${stack}: starting`);
      await docker.run(composeUp(folder, waitSeconds));
      const containers = (await running(stack)).filter((id) => !before.includes(id)).length;
      if (containers > 0) done.started.push({ stack, containers });
      // At once: until then no tenant is reached.
      if (stack === 'edge') done.joined = (await joinAllTenants(docker, config.root)).joined;
      if (stack === 'sftp') done.sftpJoined = await joinSftpUsers(docker, config.root);
    } else if (before.length > 0 && (await exists(folder))) {
      output.note(`${stack}: stopping`);
      await docker.run(composeDown(folder));
      done.stopped.push(stack);
    }
  }
  return done;
}
