import { readAudit, type AuditEntry } from '../audit/audit-log.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { shared, wholeNumber, type Context, type Register, type SharedOptions } from './context.js';

interface AuditOptions extends SharedOptions {
  tenant?: string;
  last: number;
}

export const registerAudit: Register = (program, start) => {
  const command = program
    .command('audit')
    .summary('show who did what')
    .description(
      'Shows the last entries of the audit log: every run that changed something, with who ran it and how it ended.',
    )
    .option('--tenant <code>', 'of this tenant alone')
    .option('--last <n>', 'so many entries', wholeNumber(1), 50);
  shared(command, ['audit', 'audit --tenant ABC0001 --last 10 --json']).action(start(audit));
};

async function audit({ config, output }: Context, { tenant, last }: AuditOptions): Promise<number> {
  const slug = tenant === undefined ? undefined : tenantFolder(config.root, tenant).slug;
  const entries = (await readAudit(config.root))
    .filter((entry) => slug === undefined || entry.tenant === slug)
    .slice(-last);
  output.event({ entries });
  if (entries.length === 0) output.note('Nothing is recorded yet.');
  else
    output.table(
      ['Time (UTC)', 'User', 'Tenant', 'Command', 'Result', 'Seconds', 'Detail'],
      entries.map(row),
    );
  return 0;
}

function row({ time, user, tenant, command, result, seconds, detail }: AuditEntry): string[] {
  const minute = time.slice(0, 19).replace('T', ' ');
  return [minute, user, tenant ?? '', command, result, seconds?.toFixed(1) ?? '', detail ?? ''];
}
