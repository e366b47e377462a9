import { tenantStatus } from '../status/tenant-status.js';
import { readSpec } from '../tenants/tenant.js';
import { ok, skipped, warning } from './finding.js';
import type { HostCheck } from './host-subject.js';
import { lateHours } from './backup-age.js';

const mostNamed = 10;

/** Every tenant has a backup that is as young as its schedule says. */
export const hostBackups: HostCheck = {
  id: 'backups',
  title: 'Backups of all tenants',
  run: async ({ config, slugs }) => {
    const late: string[] = [];
    let scheduled = 0;
    for (const slug of slugs) {
      const spec = await readSpec(config.root, slug).catch(() => undefined);
      if (spec === undefined || spec.backup.schedule === 'off' || spec.backup.to?.includes(':')) continue;
      scheduled += 1;
      const { lastBackupAt } = await tenantStatus(config, slug, [], new Map());
      const hours = lastBackupAt === null ? Infinity : (Date.now() - Date.parse(lastBackupAt)) / 3_600_000;
      if (hours > lateHours[spec.backup.schedule]) late.push(slug);
    }
    if (scheduled === 0) return [skipped('no tenant keeps backups on this host')];
    if (late.length === 0) return [ok(`all ${scheduled} are as young as their schedules say`)];
    const named = late.slice(0, mostNamed).join(', ');
    const text = late.length > mostNamed ? `${named} and ${late.length - mostNamed} more` : named;
    return [
      warning(
        `late or missing: ${text}`,
        'wattfleet backup --all; systemctl list-timers says whether the timer is on',
      ),
    ];
  },
};
