import { storeOf } from '../backup/stores/store-of.js';
import { ok, skipped, warning } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** One missed turn is forgiven. */
export const lateHours = { hourly: 2.5, daily: 50, weekly: 15 * 24 };

/** The newest backup is as young as its schedule says. */
export const backupAge: TenantCheck = {
  id: 'backup',
  title: 'There is a backup of today',
  run: async ({ config, tenant: { slug, spec } }) => {
    const { schedule, to } = spec.backup;
    if (schedule === 'off') return [skipped('backup.schedule is off')];
    // What lies elsewhere takes programs and networks to be asked: wattfleet backup list does.
    if (to?.includes(':')) return [skipped(`kept in ${to}: wattfleet backup list ${slug}`)];
    const [newest] = await storeOf(config, undefined, spec).list(slug);
    const fix = `wattfleet backup ${slug}; a timer does it on schedule once wattfleet host init has written it`;
    if (newest === undefined) return [warning(`there is none, and its schedule is ${schedule}`, fix)];
    const hours = (Date.now() - Date.parse(newest.createdAt)) / 3_600_000;
    const age = `${newest.id}, ${hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`} old`;
    return [
      hours > lateHours[schedule]
        ? warning(`the newest is ${age}; its schedule is ${schedule}`, fix)
        : ok(age),
    ];
  },
};
