import { CodedError } from '#libs/errors';
import { findArchive } from '../backup/find-archive.js';
import { startDatabase } from '../backup/database-server.js';
import { dropKept, restoreTenant, type Restored } from '../backup/restore-tenant.js';
import { runTenants } from '../rollout/run-tenants.js';
import { assertNotRetired, removeTombstone } from '../tenants/tombstone.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';

interface RestoreOptions extends SharedOptions {
  from?: string;
  at?: string;
  store?: string;
  dropOld?: true;
  reuseCode?: true;
}

export const registerRestore: Register = (program, start) => {
  const command = program
    .command('restore')
    .summary('bring a tenant back from a backup')
    .description(
      "Puts database and volumes of a backup in the place of the tenant's; on a host that does not have the tenant, its folder, " +
        'too. The backup is checked and its database restored beside the running one and compared first; then portal and ' +
        'Grafana stop for the moment in which the names are swapped. What the tenant had before is kept until the next ' +
        'restore or --drop-old. Cut off at any point and run again it comes to the same.',
    )
    .argument('<code>', 'code of the tenant')
    .option('--from <backup>', 'folder of a backup, or its name in the store (default: the newest)')
    .option('--at <time>', 'the newest backup up to this time: 2026-11-21, 2026-11-21T20:00:00Z or newest')
    .option(
      '--store <store>',
      'where backups are (default: backup.to of the tenant, or backups/ below the root)',
    )
    .option('--drop-old', 'restore nothing: remove what earlier restores of the tenant have kept')
    .option('--reuse-code', 'also where the code belonged to a customer that was retired');
  shared(command, [
    'restore ABC0001 --at newest',
    'restore ABC0001 --from /srv/portal/backups/abc0001/abc0001-20261121T200732Z',
  ]).action(start(restore));
};

async function restore(context: Context, options: RestoreOptions, code: string): Promise<number> {
  const { config, output } = context;
  const { slug } = tenantFolder(config.root, code);
  if (options.dropOld) return dropOld(context, options, slug);
  if (!options.reuseCode) await assertNotRetired(config.root, slug);
  const { store, archive } = await findArchive(config, slug, options);
  let restored: Restored | undefined;
  const exitCode = await runTenants(context, {
    command: 'restore',
    slugs: [slug],
    options: { parallel: 1, canary: 0, failFast: true },
    work: async (run) => {
      restored = await restoreTenant(context, run, store, archive);
      await removeTombstone(config.root, slug);
      return { detail: `restored ${archive.id}`, next: `wattfleet verify ${slug}` };
    },
  });
  if (restored === undefined) return exitCode;
  output.event({ event: 'restored', tenant: slug, archive, ...restored });
  output.note(outcome(slug, restored));
  return exitCode;
}

function outcome(slug: string, { isRecreated, keptDatabases, keptVolumes }: Restored): string {
  const folder = isRecreated
    ? 'The folder was made from the backup, with its secrets: passwords are those of that time.'
    : 'tenant.yaml, .env and images are as they were; those of the backup lie in it, under tenant/.';
  if (keptDatabases.length === 0) return folder;
  return `${folder}
What was there before is kept: the database as ${keptDatabases.join(', ')}${
    keptVolumes.length === 0 ? '' : `, ${keptVolumes.length} volumes as …_before_…`
  }.
Remove it when all is well: wattfleet restore ${slug} --drop-old`;
}

async function dropOld(context: Context, { from, at, store }: RestoreOptions, slug: string): Promise<number> {
  if ([from, at, store].some((option) => option !== undefined)) {
    const message = 'restores nothing: leave --from, --at and --store out';
    throw new CodedError('USAGE', { problems: [{ path: '--drop-old', message }] });
  }
  return runTenants(context, {
    command: 'restore --drop-old',
    slugs: [slug],
    options: { parallel: 1, canary: 0, failFast: true },
    work: async (run) => {
      run.step('removing what restores have kept');
      await dropKept(context, await startDatabase(context, slug), slug, () => true);
      return { detail: 'removed what restores had kept' };
    },
  });
}
