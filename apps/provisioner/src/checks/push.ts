import { askPortal } from './ask-portal.js';
import { error, ok, skipped, warning, type Found } from './finding.js';
import { inService } from './tenant-subject.js';

/** Older than this, Admin's figures are stale to those who look at them. */
const oldSeconds = 900;

/** What the portal owes to Admin goes out. */
export const push = inService('portal', 'push', 'Measurements reach Admin', async (subject, container) => {
  const { tenant } = subject;
  const { slug, spec, secrets } = tenant;
  if (!spec.fleet.enabled) return [skipped('fleet.enabled is not true in tenant.yaml')];
  if (secrets.FLEET_INGEST_TOKEN === undefined) {
    return [error('it has no push token', `wattfleet set-fleet-token ${slug} --token-file FILE`)];
  }
  const { status, body } = await askPortal(subject.docker, container, '/metrics');
  const metrics = typeof body === 'string' ? body : '';
  const batches = gauge(metrics, 'wattfleet_outbox_batches');
  if (status !== 200 || batches === undefined) return [skipped(`the portal's metrics answer ${status}`)];
  return judge(slug, {
    batches,
    rows: gauge(metrics, 'wattfleet_outbox_rows') ?? 0,
    ageSeconds: gauge(metrics, 'wattfleet_outbox_oldest_age_seconds') ?? 0,
    quarantined: gauge(metrics, 'wattfleet_outbox_quarantined_rows') ?? 0,
  });
});

interface Outbox {
  batches: number;
  rows: number;
  ageSeconds: number;
  quarantined: number;
}

function judge(slug: string, { batches, rows, ageSeconds, quarantined }: Outbox): Found[] {
  const page = 'the portal says why under Settings → Fleet';
  const waiting = `${rows} measurements in ${batches} batches wait`;
  return [
    ageSeconds > oldSeconds
      ? warning(
          `${waiting}, the oldest for ${Math.round(ageSeconds / 60)} minutes`,
          `${page}; wattfleet logs ${slug} --service portal --tail 100`,
        )
      : ok(
          batches === 0
            ? 'nothing waits to be pushed'
            : `${waiting}, the oldest for ${Math.round(ageSeconds)} s`,
        ),
    ...(quarantined === 0
      ? []
      : [warning(`Admin refused ${quarantined} measurements`, `${page}, and releases them`)]),
  ];
}

function gauge(text: string, name: string): number | undefined {
  const value = new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}
