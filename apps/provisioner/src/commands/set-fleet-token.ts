import { readToken } from '../secrets/read-token.js';
import { readTenant } from '../tenants/tenant.js';
import { writeChanges } from '../tenants/write-changes.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';

interface TokenOptions extends SharedOptions {
  tokenFile: string;
}

export const registerSetFleetToken: Register = (program, start) => {
  const command = program
    .command('set-fleet-token')
    .summary('give a tenant its push token')
    .description("Puts the token that Admin gave into the tenant's .env and applies it.")
    .argument('<code>', 'code of the tenant')
    .requiredOption('--token-file <file>', 'file with the token, - for standard input');
  shared(command, [
    'set-fleet-token ABC0001 --token-file token.txt',
    'set-fleet-token ABC0001 --token-file - < token.txt',
  ]).action(start(setFleetToken));
};

async function setFleetToken(context: Context, options: TokenOptions, code: string): Promise<number> {
  const { config, output, stdin } = context;
  const tenant = await readTenant(config, code);
  const token = await readToken(options.tokenFile, '--token-file', stdin);
  const written = await writeChanges(config, {
    ...tenant,
    secrets: { ...tenant.secrets, FLEET_INGEST_TOKEN: token },
  });
  const text = written.length === 0 ? 'No changes.' : `Written: ${written.join(', ')}`;
  output.result({ tenant: tenant.slug, folder: tenant.folder, written }, text);
  if (written.length > 0) output.note(`Next: wattfleet up ${tenant.slug}`);
  if (!tenant.spec.fleet.enabled) {
    output.note('Note: fleet.enabled is not true in tenant.yaml, so nothing is pushed yet.');
  }
  return 0;
}
