import { composeDown } from '../docker/compose.js';
import { leaveEdge } from '../hosts/edge-networks.js';
import { runTenants } from '../rollout/run-tenants.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { many, manyTenants, shared, type Context, type ManyOptions, type Register } from './context.js';

export const registerDown: Register = (program, start) => {
  const command = program
    .command('down')
    .summary('stop tenants; their data stays')
    .description(
      'Stops the stacks of tenants and removes their containers and networks. Volumes, and so all data, stay.',
    );
  shared(many(command, 4), ['down ABC0001', 'down --selector region=north']).action(start(down));
};

async function down(context: Context, options: ManyOptions, codes: string[]): Promise<number> {
  const tenants = await manyTenants(context, 'down', options, codes);
  return runTenants(context, {
    ...tenants,
    work: async ({ slug, step }) => {
      step('stopping');
      await stopStack(context, slug);
      return { detail: 'stopped', next: `wattfleet up ${slug}` };
    },
  });
}

/** Stops one stack and removes its containers and networks; Traefik leaves them first. Volumes stay. */
async function stopStack({ config, docker }: Context, slug: string): Promise<void> {
  await leaveEdge(docker, config.root, slug);
  await docker.run(composeDown(tenantFolder(config.root, slug).folder));
}
