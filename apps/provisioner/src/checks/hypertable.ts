import { TenantDatabase } from '../docker/tenant-database.js';
import { error, ok, warning } from './finding.js';
import { inService } from './tenant-subject.js';

const statement = `
  SELECT (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'),
    (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb'),
    (SELECT num_chunks FROM timescaledb_information.hypertables
     WHERE hypertable_schema = 'monitoring' AND hypertable_name = 'measurement'),
    current_setting('timescaledb.license');
`;

/** Measurements are in a hypertable of the TimescaleDB that the image brings. */
export const hypertable = inService(
  'timescaledb',
  'hypertable',
  'Measurements are in a hypertable',
  async ({ docker, tenant: { slug } }) => {
    const [row = []] = await new TenantDatabase(docker, slug).run(statement);
    const [installed = '', available = '', chunks = '', licence = ''] = row;
    const restore = `wattfleet restore ${slug}, or start the portal and read wattfleet logs ${slug} --service portal`;
    if (installed === '') return [error('the extension timescaledb is not in the database', restore)];
    if (chunks === '') return [error('monitoring.measurement is not a hypertable', restore)];
    return [
      ok(`monitoring.measurement is a hypertable of ${chunks} chunks (TimescaleDB ${installed}, ${licence})`),
      ...(installed === available
        ? []
        : [
            warning(
              `the database has TimescaleDB ${installed}, the image ${available}`,
              `wattfleet backup ${slug}, then in psql -X: ALTER EXTENSION timescaledb UPDATE`,
            ),
          ]),
    ];
  },
);
