import { Argument } from 'commander';
import { CodedError } from '#libs/errors';
import { refuseDuringUpdate } from '../releases/release-store.js';
import { AdminApi } from '../fleet/admin-api.js';
import { rotationNames, type RotationName, type RotationOptions } from '../rotate/rotation.js';
import { readJournal } from '../rotate/rotation-journal.js';
import { rotations } from '../rotate/rotations.js';
import { runRotation } from '../rotate/run-rotation.js';
import { runTenants, type Done, type TenantRun } from '../rollout/run-tenants.js';
import { readPassword } from '../secrets/read-token.js';
import { readTenant } from '../tenants/tenant.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { givePasswords } from './give-passwords.js';
import {
  many,
  manyTenants,
  shared,
  wholeNumber,
  type Context,
  type ManyOptions,
  type Register,
} from './context.js';

interface RotateOptions extends ManyOptions {
  waitSeconds: number;
  email?: string;
  print?: true;
  passwordFile?: string;
  revoke?: true;
  adminUrl?: string;
  adminEmail?: string;
  adminPasswordFile?: string;
}

type What = RotationName | 'all';

export const registerRotate: Register = (program, start) => {
  const command = program
    .command('rotate')
    .summary('replace secrets of tenants in service')
    .description(
      'Replaces a secret while the tenant runs: the new one is set and verified before the old one goes; what fails is undone.\n\n' +
        'db: passwords of the database’s owner and of Grafana’s role\n' +
        'grafana: password of Grafana’s own admin\n' +
        'admin-password: temporary password of the first administrator, or of --email\n' +
        'push-token: through Admin, without a gap\n' +
        'session-keys: nobody is signed out, unless with --revoke\n' +
        'sftp: password of the user on the SFTP server, and the secret of its hook',
    )
    .addArgument(new Argument('<what>', 'which secret').choices([...rotationNames, 'all']));
  many(command, 2)
    .option('--wait-seconds <n>', 'how long a restart may take', wholeNumber(1), 300)
    .option('--email <address>', 'admin-password: the account; needs --print or --password-file')
    .option('--print', 'admin-password: print the new password, once')
    .option('--password-file <file>', 'admin-password: add a line with the new password to this file (0600)')
    .option('--revoke', 'session-keys: do not believe the old key any longer; everybody signs in anew')
    .option('--admin-url <url>', 'push-token: address of Admin')
    .option('--admin-email <address>', 'push-token: an operator of Admin')
    .option('--admin-password-file <file>', 'push-token: file with the password, - for standard input');
  shared(command, [
    'rotate db ABC0001',
    'rotate push-token --all --admin-url https://admin.example.com --admin-email ops@example.com --admin-password-file pw',
  ]).action(start(rotate));
};

async function rotate(
  context: Context,
  options: RotateOptions,
  what: What,
  codes: string[],
): Promise<number> {
  refuseUnknownReader(options);
  const tenants = await manyTenants(context, `rotate ${what}`, options, codes);
  const admin = await signInToAdmin(context, options);
  if ((what === 'all' || what === 'push-token') && admin === undefined)
    await refusePushing(context, tenants.slugs);
  const passwords = givePasswords(context.output, options);
  const settings: RotationOptions = {
    waitSeconds: options.waitSeconds,
    email: options.email?.toLowerCase(),
    revoke: options.revoke === true,
    admin,
    onPassword: passwords.give,
  };
  try {
    return await runTenants(context, {
      ...tenants,
      work: (run) => rotateTenant(context, run, what, settings),
    });
  } finally {
    passwords.show();
    await admin?.signOut();
  }
}

async function rotateTenant(
  context: Context,
  run: TenantRun,
  what: What,
  options: RotationOptions,
): Promise<Done> {
  const { folder } = tenantFolder(context.config.root, run.slug);
  await refuseDuringUpdate(folder, run.slug);
  const done: RotationName[] = [];
  const left: string[] = [];
  for (const name of what === 'all' ? await unfinishedFirst(folder) : [what]) {
    const outcome = await runRotation(context, run, rotations[name], options);
    if (outcome.done) done.push(name);
    else left.push(`${name}: ${outcome.reason}`);
  }
  const rotated = done.length === 0 ? [] : [`rotated ${done.join(', ')}`];
  return { detail: [...rotated, ...left].join('; ') };
}

/** One that was cut off keeps the others from beginning. */
async function unfinishedFirst(folder: string): Promise<RotationName[]> {
  const journal = await readJournal(folder);
  if (journal === undefined) return [...rotationNames];
  return [journal.name, ...rotationNames.filter((name) => name !== journal.name)];
}

async function signInToAdmin({ stdin }: Context, options: RotateOptions): Promise<AdminApi | undefined> {
  const { adminUrl, adminEmail, adminPasswordFile } = options;
  if (adminUrl === undefined) return undefined;
  if (adminEmail === undefined || adminPasswordFile === undefined)
    throw usage('--admin-url', 'needs --admin-email and --admin-password-file');
  if (!/^https?:\/\//.test(adminUrl) || !URL.canParse(adminUrl))
    throw usage('--admin-url', 'must be a URL such as https://admin.example.com');
  const password = await readPassword(adminPasswordFile, '--admin-password-file', stdin);
  return AdminApi.signIn(new URL(adminUrl), adminEmail, password);
}

/** Told before anything is rotated, not in the middle of it. */
async function refusePushing({ config }: Context, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) {
    const { spec, secrets } = await readTenant(config, slug);
    if (spec.fleet.enabled && secrets.FLEET_INGEST_TOKEN !== undefined)
      throw usage(
        '--admin-url',
        `is needed, with --admin-email and --admin-password-file: ${slug} pushes to Admin`,
      );
  }
}

/** The first administrator's is kept in `.env`; another account's would be known to nobody. */
function refuseUnknownReader({ email, print, passwordFile }: RotateOptions): void {
  if (email === undefined || print || passwordFile !== undefined) return;
  throw usage('--email', 'needs --print or --password-file: its password is kept nowhere else');
}

function usage(path: string, message: string): CodedError {
  return new CodedError('USAGE', { problems: [{ path, message }] });
}
