import { CodedError } from '#libs/errors';
import { retireTenant } from '../decommission/retire-tenant.js';
import { AdminApi } from '../fleet/admin-api.js';
import { readPassword } from '../secrets/read-token.js';
import { runTenants } from '../rollout/run-tenants.js';
import { exists, tenantFolder } from '../tenants/tenant-folder.js';
import { readSpec } from '../tenants/tenant.js';
import { readTombstone } from '../tenants/tombstone.js';
import { confirmTyped, type ConfirmOptions } from './confirm.js';
import { shared, type Context, type Register } from './context.js';

interface DecommissionOptions extends ConfirmOptions {
  backup: boolean;
  confirmNoBackup?: string;
  to?: string;
  adminUrl?: string;
  adminEmail?: string;
  adminPasswordFile?: string;
  keepInAdmin?: true;
}

export const registerDecommission: Register = (program, start) => {
  const command = program
    .command('decommission')
    .summary('retire a customer: last backup, then everything goes')
    .description(
      'Makes a last backup and tries its restore, then removes containers, volumes, networks and the folder of the tenant, ' +
        'deletes the customer in Admin when it is told how, and keeps a tombstone, so that the code is not used again by ' +
        'mistake. Cut off at any point and run again it goes on.',
    )
    .argument('<code>', 'code of the tenant')
    .option('--to <store>', 'where the last backup goes (default: backup.to of the tenant, or backups/)')
    .option('--no-backup', 'without a last backup: what the customer has is lost')
    .option('--admin-url <url>', 'deregister the customer in the Admin at this address')
    .option('--admin-email <address>', 'operator to sign in to Admin as')
    .option('--admin-password-file <file>', "file with the operator's password, - for standard input")
    .option('--keep-in-admin', 'disable the customer in Admin, and keep what it has pushed')
    .option('--yes', 'ask nothing; needs --confirm')
    .option('--confirm <code>', 'the code once more')
    .option('--confirm-no-backup <code>', 'the code once more, with --no-backup')
    .option('--no-input', 'never ask; fail instead');
  shared(command, [
    'decommission ABC0001',
    'decommission ABC0001 --yes --confirm ABC0001 --admin-url https://admin.example.com --admin-email ops@example.com --admin-password-file -',
  ]).action(start(decommission));
};

async function decommission(context: Context, options: DecommissionOptions, code: string): Promise<number> {
  const { config, output } = context;
  const { slug, folder } = tenantFolder(config.root, code);
  const tenant = await subject(config.root, slug, folder);
  const admin = await adminOf(context, options);
  await confirmAll(context, options, tenant.code);
  const exitCode = await runTenants(context, {
    command: 'decommission',
    slugs: [slug],
    options: { parallel: 1, canary: 0, failFast: true },
    work: async (run) => {
      const { backup } = await retireTenant(context, run, {
        code: tenant.code,
        host: tenant.host,
        ...(options.backup ? { backup: { to: options.to } } : {}),
        ...(admin && { admin: { api: admin, keep: options.keepInAdmin === true } }),
      });
      output.event({ event: 'decommissioned', tenant: slug, backup });
      output.note(backup === null ? 'There is no backup.' : `The last backup is ${backup.location}`);
      return { detail: 'retired' };
    },
  });
  await admin?.signOut().catch(() => undefined);
  if (exitCode === 0 && admin === undefined) {
    output.note(
      `Admin was not told: disable or delete the customer ${tenant.code} there, or it is reported as offline. ` +
        `Next time: --admin-url URL --admin-email ADDRESS --admin-password-file FILE`,
    );
  }
  return exitCode;
}

/** A tenant that is there, or one whose retirement was cut off. @throws CodedError TENANT_NOT_FOUND, TENANT_RETIRED */
async function subject(root: string, slug: string, folder: string): Promise<{ code: string; host: string }> {
  const tombstone = await readTombstone(root, slug);
  if (tombstone !== undefined && !tombstone.complete) return tombstone;
  if (await exists(folder)) return readSpec(root, slug);
  if (tombstone === undefined) throw new CodedError('TENANT_NOT_FOUND', { detail: folder });
  throw new CodedError('TENANT_RETIRED', {
    detail: `${tombstone.code}, on ${tombstone.retiredAt.slice(0, 10)}`,
  });
}

async function confirmAll(context: Context, options: DecommissionOptions, code: string): Promise<void> {
  await confirmTyped(context, options, {
    question: `All of ${code} on this host will be removed: containers, data, files. Type ${code} to go on:`,
    word: code,
    option: '--confirm',
    given: options.confirm,
  });
  if (options.backup) return;
  await confirmTyped(context, options, {
    question: `Without a backup nothing of ${code} can be brought back. Type ${code} once more:`,
    word: code,
    option: '--confirm-no-backup',
    given: options.confirmNoBackup,
  });
}

/** Signs in before anything is removed: wrong credentials are heard of in time. */
async function adminOf(
  { stdin }: Context,
  { adminUrl, adminEmail, adminPasswordFile, keepInAdmin }: DecommissionOptions,
): Promise<AdminApi | undefined> {
  const given = {
    '--admin-url': adminUrl,
    '--admin-email': adminEmail,
    '--admin-password-file': adminPasswordFile,
  };
  const missing = Object.entries(given).filter(([, value]) => value === undefined);
  if (missing.length === 3 && !keepInAdmin) return undefined;
  if (adminUrl === undefined || adminEmail === undefined || adminPasswordFile === undefined) {
    const problems = missing.map(([path]) => ({
      path,
      message: 'is needed, too: Admin takes all three together',
    }));
    throw new CodedError('USAGE', { problems });
  }
  if (!/^https?:\/\//.test(adminUrl) || !URL.canParse(adminUrl)) {
    const message = 'must be a URL such as https://admin.example.com';
    throw new CodedError('USAGE', { problems: [{ path: '--admin-url', message }] });
  }
  const password = await readPassword(adminPasswordFile, '--admin-password-file', stdin);
  return AdminApi.signIn(new URL(adminUrl), adminEmail, password);
}
