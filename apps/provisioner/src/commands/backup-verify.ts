import { archiveAt, findArchive } from '../backup/find-archive.js';
import { verifyArchive } from '../backup/verify-archive.js';
import { runTenants } from '../rollout/run-tenants.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { many, manyTenants, shared, type Context, type ManyOptions, type Register } from './context.js';

interface VerifyOptions extends ManyOptions {
  store?: string;
}

export const registerBackupVerify: Register = (program, start) => {
  const command = program
    .command('verify')
    .summary('try the restore of backups')
    .description(
      'Restores the newest backup of each tenant, or the one in a folder, into a scratch server without a network, compares row ' +
        "counts and checksums with what was dumped, and marks the backup verified. The tenant's own stack is left alone.",
    )
    .option(
      '--store <store>',
      'where backups are (default: backup.to of the tenant, or backups/ below the root)',
    );
  shared(many(command, 1), ['backup verify ABC0001', 'backup verify --all --parallel 2']).action(
    start(verify),
  );
};

async function verify(context: Context, options: VerifyOptions, codes: string[]): Promise<number> {
  const [folder] = codes;
  // What looks like a path is one: codes have no slashes.
  if (codes.length === 1 && folder?.includes('/')) return verifyFolder(context, options, folder);
  const { slugs, ...rollout } = await verifiable(context, options, codes);
  return runTenants(context, {
    ...rollout,
    slugs,
    work: async (run) => {
      const { store, archive } = await findArchive(context.config, run.slug, { store: options.store });
      const { manifest } = await verifyArchive(context, run, store, archive);
      return { detail: `${archive.id}: ${manifest.database.tables.length} tables equal` };
    },
  });
}

async function verifyFolder(context: Context, options: VerifyOptions, folder: string): Promise<number> {
  const { store, archive } = await archiveAt(folder);
  const { parallel, canary } = options;
  return runTenants(context, {
    command: 'backup verify',
    slugs: [archive.slug],
    options: { parallel, canary, failFast: true },
    work: async (run) => {
      const { manifest } = await verifyArchive(context, run, store, archive);
      return { detail: `${archive.id}: ${manifest.database.tables.length} tables equal` };
    },
  });
}

/** With a store, tenants that are no more on this host can be named. */
async function verifiable(context: Context, options: VerifyOptions, codes: string[]) {
  if (options.store === undefined || codes.length === 0) {
    return manyTenants(context, 'backup verify', options, codes);
  }
  const { parallel, canary, failFast } = options;
  const slugs = codes.map((code) => tenantFolder(context.config.root, code).slug);
  return { command: 'backup verify', slugs, options: { parallel, canary, failFast: failFast === true } };
}
