import type { BackupArchive } from '../backup/archive.js';
import { storeOf } from '../backup/stores/store-of.js';
import { listTenants, selectTenants } from '../tenants/select-tenants.js';
import { exists, tenantFolder } from '../tenants/tenant-folder.js';
import { readSpec } from '../tenants/tenant.js';
import { selecting, shared, type Context, type Register, type SelectionOptions } from './context.js';

interface ListOptions extends SelectionOptions {
  store?: string;
}

export const registerBackupList: Register = (program, start) => {
  const command = program
    .command('list')
    .summary('show backups')
    .description(
      'Shows the complete backups of tenants, newest first. Without codes or a selector: of all tenants below the root. With ' +
        '--store, codes of tenants that are no more can be named, too.',
    )
    .option(
      '--store <store>',
      'where backups are (default: backup.to of the tenant, or backups/ below the root)',
    );
  shared(selecting(command), ['backup list', 'backup list ABC0001 --store rclone:offsite:wattfleet']).action(
    start(list),
  );
};

async function list(context: Context, options: ListOptions, codes: string[]): Promise<number> {
  const { config, output } = context;
  const archives: BackupArchive[] = [];
  for (const slug of await slugsOf(context, options, codes)) {
    const isThere = await exists(tenantFolder(config.root, slug).folder);
    const spec = isThere ? await readSpec(config.root, slug) : undefined;
    archives.push(...(await storeOf(config, options.store, spec).list(slug)));
  }
  output.event({ archives });
  if (archives.length === 0) output.note('There are no backups. Make the first: wattfleet backup CODE');
  else output.table(['Tenant', 'Made (UTC)', 'Verified (UTC)', 'Backup'], archives.map(row));
  return 0;
}

/** A tenant that is no more may be named: its backups are what is left of it. */
async function slugsOf(
  { config }: Context,
  { all, selector }: ListOptions,
  codes: string[],
): Promise<string[]> {
  if (codes.length > 0 && !all && selector === undefined) {
    return codes.map((code) => tenantFolder(config.root, code).slug);
  }
  const isNarrowed = codes.length > 0 || selector !== undefined;
  return isNarrowed ? selectTenants(config, { codes, all, selector }) : listTenants(config.root);
}

function row({ slug, createdAt, verifiedAt, location }: BackupArchive): string[] {
  return [slug, minuteOf(createdAt), verifiedAt === undefined ? 'no' : minuteOf(verifiedAt), location];
}

function minuteOf(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
