import { recordAudit } from '../audit/audit-log.js';
import { readToken } from '../secrets/read-token.js';
import { readTenant } from '../tenants/tenant.js';
import { withTenantLock } from '../tenants/tenant-lock.js';
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
  const { slug } = await readTenant(config, code);
  const token = await readToken(options.tokenFile, '--token-file', stdin);
  const command = 'set-fleet-token';
  const { tenant, written } = await withTenantLock(config.root, slug, `wattfleet ${command}`, async () => {
    const tenant = await readTenant(config, slug);
    const secrets = { ...tenant.secrets, FLEET_INGEST_TOKEN: token };
    const written = await writeChanges(config, { ...tenant, secrets });
    const detail = written.length === 0 ? 'no changes' : `written: ${written.join(', ')}`;
    await recordAudit(config.root, { command, tenant: slug, result: 'done', detail });
    return { tenant, written };
  });
  const text = written.length === 0 ? 'No changes.' : `Written: ${written.join(', ')}`;
  output.result({ tenant: tenant.slug, folder: tenant.folder, written }, text);
  if (written.length > 0) output.note(`Next: wattfleet up ${tenant.slug}`);
  if (!tenant.spec.fleet.enabled) {
    output.note('Note: fleet.enabled is not true in tenant.yaml, so nothing is pushed yet.');
  }
  return 0;
}
