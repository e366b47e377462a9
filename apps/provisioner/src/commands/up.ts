import { composeUp } from '../docker/compose.js';
import { listContainers } from '../docker/containers.js';
import type { Docker } from '../docker/docker.js';
import { runTenants, type Done, type TenantRun } from '../rollout/run-tenants.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import {
  many,
  manyTenants,
  shared,
  wholeNumber,
  type Context,
  type ManyOptions,
  type Register,
} from './context.js';

interface UpOptions extends ManyOptions {
  waitSeconds: number;
}

export const registerUp: Register = (program, start) => {
  const command = program
    .command('up')
    .summary('start tenants, and wait until they are healthy')
    .description(
      'Starts the stacks of tenants, or brings running ones after their files, and waits for health.',
    )
    .option('--wait-seconds <n>', 'how long a stack may take', wholeNumber(1), 300);
  shared(many(command, 4), ['up ABC0001', 'up --all --parallel 8 --canary 1']).action(start(up));
};

async function up(context: Context, options: UpOptions, codes: string[]): Promise<number> {
  const tenants = await manyTenants(context, 'up', options, codes);
  return runTenants(context, { ...tenants, work: (run) => startStack(context, run, options.waitSeconds) });
}

/** Starts one stack. @throws CodedError DOCKER_FAILED when a service does not become healthy in time */
export async function startStack(
  { config, docker }: Context,
  { slug, step }: TenantRun,
  waitSeconds: number,
): Promise<Done> {
  const { folder } = tenantFolder(config.root, slug);
  step('starting');
  const before = await containerIds(docker, slug);
  await docker.run(composeUp(folder, waitSeconds));
  const started = (await containerIds(docker, slug)).filter((id) => !before.includes(id));
  return { detail: started.length === 0 ? 'up to date' : `${started.length} containers started` };
}

async function containerIds(docker: Docker, slug: string): Promise<string[]> {
  const containers = await listContainers(docker, slug);
  return containers.filter(({ state }) => state === 'running').map(({ id }) => id);
}
