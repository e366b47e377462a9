import { TenantDatabase } from '../docker/tenant-database.js';
import { ok, warning } from './finding.js';
import { inService } from './tenant-subject.js';

/** Without TimescaleDB's own (below 1000) under the Apache licence, which refuses them. */
const statement = `
  SELECT job.job_id, job.proc_name, coalesce(job.hypertable_schema || '.' || job.hypertable_name, ''),
    stats.total_failures, stats.total_runs
  FROM timescaledb_information.job_stats AS stats JOIN timescaledb_information.jobs AS job USING (job_id)
  WHERE stats.last_run_status = 'Failed'
    AND (job.job_id >= 1000 OR current_setting('timescaledb.license') <> 'apache')
  ORDER BY job.job_id;
`;

/** Rollups, compression and retention are done by jobs of the database, which nobody sees fail. */
export const databaseJobs = inService(
  'timescaledb',
  'jobs',
  'Background jobs of the database succeed',
  async ({ docker, tenant: { slug } }) => {
    const failed = await new TenantDatabase(docker, slug).run(statement);
    if (failed.length === 0) return [ok('no background job failed at its last run')];
    return failed.map(([id = '', name = '', table = '', failures = '', runs = '']) =>
      warning(
        `job ${id} (${name}${table === '' ? '' : ` of ${table}`}) failed, ${failures} of ${runs} times`,
        `wattfleet logs ${slug} --service timescaledb --tail 200; every job fails with TimescaleDB 2.22.1 on PostgreSQL 15: another image helps`,
      ),
    );
  },
);
