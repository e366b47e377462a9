import { stopStack } from '../hosts/stop-stack.js';
import { runTenants } from '../rollout/run-tenants.js';
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
      await stopStack(context.docker, context.config.root, slug);
      return { detail: 'stopped', next: `wattfleet up ${slug}` };
    },
  });
}
