import { backupTenant } from '../backup/backup-tenant.js';
import { dueTenants } from '../backup/due-tenants.js';
import { runTenants } from '../rollout/run-tenants.js';
import { registerBackupList } from './backup-list.js';
import { registerBackupVerify } from './backup-verify.js';
import { many, manyTenants, shared, type Context, type ManyOptions, type Register } from './context.js';

interface BackupCommandOptions extends ManyOptions {
  to?: string;
  due?: true;
}

export const registerBackup: Register = (program, start) => {
  const command = program
    .command('backup')
    .summary('back up tenants; list and verify backups')
    .description(
      'Makes one archive of each tenant while it runs: a dump of its database, its volumes, tenant.yaml, .env and the ' +
        "override file, with versions, row counts and checksums. An archive holds the tenant's secrets: keep it where only " +
        'you can read it. Archives that backup.keep in tenant.yaml does not keep are removed afterwards.',
    )
    // Options behind the name of a subcommand are the subcommand's.
    .enablePositionalOptions()
    .option(
      '--to <store>',
      'folder, rclone:REMOTE:PATH or restic:REPOSITORY (default: backup.to, or backups/)',
    )
    .option('--due', 'only tenants whose backup.schedule says that it is time, for a timer');
  shared(many(command, 2), ['backup ABC0001', 'backup --all --due --quiet']).action(start(backup));
  registerBackupList(command, start);
  registerBackupVerify(command, start);
};

async function backup(context: Context, options: BackupCommandOptions, codes: string[]): Promise<number> {
  const tenants = await manyTenants(context, 'backup', options, codes);
  const { to, due } = options;
  const slugs = due ? await dueTenants(context.config, tenants.slugs, to, new Date()) : tenants.slugs;
  if (slugs.length === 0) {
    context.output.note('No backup is due.');
    context.output.event({ event: 'end', done: 0, failed: 0, remaining: 0 });
    return 0;
  }
  return runTenants(context, {
    ...tenants,
    slugs,
    work: async (run) => {
      const archive = await backupTenant(context, run, { reason: due ? 'on schedule' : 'by hand', to });
      context.output.event({ event: 'backup', ...archive });
      return { detail: archive.id, next: `wattfleet backup verify ${run.slug}${to ? ` --store ${to}` : ''}` };
    },
  });
}
