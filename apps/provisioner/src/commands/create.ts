import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { CodedError } from '#libs/errors';
import { defaultImages, newTenant, parseTenantSpec, slugOf, tenantYaml, type TenantSpec } from '#libs/stack';
import { recordAudit } from '../audit/audit-log.js';
import { digest } from '../digest.js';
import { readHost } from '../hosts/host.js';
import { generateSecrets } from '../secrets/generate-secrets.js';
import { readToken } from '../secrets/read-token.js';
import { withSftpSecrets } from '../sftp/first-secrets.js';
import { appliedFile } from '../tenants/applied.js';
import { ComposeCheck } from '../tenants/check-compose.js';
import { createFolder } from '../tenants/create-folder.js';
import { renderTenant } from '../tenants/tenant.js';
import { assertNotRetired, removeTombstone } from '../tenants/tombstone.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';

interface CreateOptions extends SharedOptions {
  host: string;
  blueprint?: string;
  label?: Record<string, string>;
  image?: Record<string, string>;
  adminEmail?: string;
  applicationName?: string;
  fleetUrl?: string;
  fleetTokenFile?: string;
  sftp?: true;
  reuseCode?: true;
}

export const registerCreate: Register = (program, start) => {
  const command = program
    .command('create')
    .summary('make a new tenant')
    .description('Makes the folder of a new tenant: tenant.yaml, .env with fresh secrets, compose.yaml.')
    .argument('<code>', 'code of the tenant, such as ABC0001')
    .requiredOption('--host <name>', 'host name of its portal')
    .option('--blueprint <name>', 'kind of stack', 'portal')
    .option('--label <key=value...>', 'label for --selector; may be given several times', pairs)
    .option('--image <service=image...>', 'image of portal, timescaledb or grafana, with its tag', pairs)
    .option('--admin-email <address>', 'first administrator (default: admin@<host>)')
    .option('--application-name <name>', 'name the portal shows')
    .option('--fleet-url <url>', 'push measurements to the Admin at this URL')
    .option('--fleet-token-file <file>', 'file with the push token that Admin gave, - for standard input')
    .option('--sftp', "a user on this host's SFTP server")
    .option('--reuse-code', 'also where the code belonged to a customer that was retired');
  shared(command, [
    'create ABC0001 --host abc0001.portal.example.com --label region=north',
    'create ABC0001 --host abc0001.portal.example.com --fleet-url https://admin.example.com --fleet-token-file -',
  ]).action(start(create));
};

async function create(context: Context, options: CreateOptions, code: string): Promise<number> {
  const { config, output } = context;
  const text = tenantYaml(newTenant(describeTenant(options, code, config.version)));
  const spec = parseTenantSpec(text);
  const slug = slugOf(spec.code);
  if (!options.reuseCode) await assertNotRetired(config.root, slug);
  const folder = path.join(config.root, slug);
  const made = { ...generateSecrets(), ...(await readGivenToken(options, context)) };
  const secrets = withSftpSecrets(made, spec);
  const specDigest = digest(text);
  const { rendered, applied } = await renderTenant(config, { spec, secrets, kept: {}, specDigest });
  await new ComposeCheck(context.docker).accepts(slug, { folder, rendered, override: undefined });
  const written = [{ path: 'tenant.yaml', text, mode: 0o644 }, ...rendered];
  await createFolder(config.root, slug, [...written, appliedFile(applied)]);
  await removeTombstone(config.root, slug);
  await recordAudit(config.root, { command: 'create', tenant: slug, result: 'done', detail: spec.host });

  const at = (isSecret: boolean) =>
    written
      .filter((file) => file.path.startsWith('secrets/') === isSecret)
      .map((file) => path.join(folder, file.path));
  const { host, adminEmail } = spec;
  output.result(
    { tenant: slug, folder, url: `https://${host}`, adminEmail, files: at(false), secretFiles: at(true) },
    `Tenant ${slug} is in ${folder}`,
  );
  const hasHost = (await readHost(config.root)) !== undefined;
  output.note(nextSteps(spec, secrets.FLEET_INGEST_TOKEN !== undefined, hasHost));
  return 0;
}

function describeTenant(options: CreateOptions, code: string, version: string) {
  const { host, adminEmail, applicationName, fleetUrl, blueprint, label, image, sftp } = options;
  const images = { ...defaultImages(version), ...image };
  return { code, host, blueprint, adminEmail, applicationName, fleetUrl, labels: label, images, sftp };
}

/** Reads `key=value` off the command line, beside those that came before. */
function pairs(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('must be key=value, such as region=north');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

async function readGivenToken({ fleetUrl, fleetTokenFile }: CreateOptions, { stdin }: Context) {
  if (fleetTokenFile === undefined) return {};
  if (fleetUrl === undefined) {
    throw new CodedError('USAGE', {
      problems: [
        { path: '--fleet-token-file', message: 'needs --fleet-url: a token is of use to one Admin only' },
      ],
    });
  }
  return { FLEET_INGEST_TOKEN: await readToken(fleetTokenFile, '--fleet-token-file', stdin) };
}

function nextSteps(spec: TenantSpec, hasToken: boolean, hasHost: boolean): string {
  const slug = slugOf(spec.code);
  const token = `wattfleet set-fleet-token ${slug} --token-file FILE   (first: what is imported before it is not pushed)`;
  return [
    'Next:',
    ...(hasHost
      ? []
      : ['  wattfleet host init --email ADDRESS   (once for this host: nothing is reached without it)']),
    ...(spec.fleet.enabled && !hasToken ? [`  ${token}`] : []),
    `  wattfleet up ${slug}`,
    `  sign in at https://${spec.host} as ${spec.adminEmail}; the password is DEFAULT_ADMIN_PASSWORD in .env`,
  ].join('\n');
}
