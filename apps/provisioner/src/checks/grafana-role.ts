import { TenantDatabase } from '../docker/tenant-database.js';
import { error, ok, type Found } from './finding.js';
import { inService } from './tenant-subject.js';

const role = 'grafana_reader';

/** Views that every dashboard of a site asks for; there are more. Tables are not for the role, not even to read. */
const needed = ['site', 'channel', 'measurement', 'measurement_15min', 'measurement_hourly'];
const named = needed.map((name) => `'${name}'`).join(', ');

const statement = `
  WITH role AS (SELECT oid FROM pg_roles WHERE rolname = '${role}'),
  relation AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS name, n.nspname = 'grafana' AND c.relkind = 'v' AS is_view
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('monitoring', 'grafana', 'public') AND c.relkind IN ('r', 'v', 'm', 'p'))
  SELECT 'role', '' WHERE NOT EXISTS (SELECT FROM role)
  UNION ALL SELECT 'cannot read', 'grafana.' || needed.name FROM unnest(ARRAY[${named}]) AS needed (name), role
    WHERE NOT EXISTS (SELECT FROM relation
      WHERE relation.name = 'grafana.' || needed.name AND has_table_privilege(role.oid, relation.oid, 'SELECT'))
  UNION ALL SELECT 'can read', name FROM relation, role
    WHERE NOT is_view AND has_any_column_privilege(role.oid, relation.oid, 'SELECT')
  UNION ALL SELECT 'can write', name FROM relation, role
    WHERE has_table_privilege(role.oid, relation.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
  UNION ALL SELECT 'is', 'superuser' FROM pg_roles WHERE rolname = '${role}' AND rolsuper;
`;

/** The role of Grafana reads the views that charts are made of and nothing else, and its password is the one of `.env`. */
export const grafanaRole = inService(
  'timescaledb',
  'grafana-role',
  'Grafana can read measurements, and nothing else',
  async ({ docker, tenant: { slug, secrets } }) => {
    const database = new TenantDatabase(docker, slug);
    const wrong = (await database.run(statement)).map(([what = '', name = '']) => problem(what, name, slug));
    const password = secrets.GRAFANA_DATABASE_PASSWORD ?? '';
    if (wrong.length === 0 && !(await database.accepts(role, password))) {
      return [error(`${role} cannot sign in with the password of .env`, `wattfleet rotate db ${slug}`)];
    }
    return wrong.length > 0 ? wrong : [ok(`${role} signs in, reads views alone, and can write nothing`)];
  },
);

function problem(what: string, relation: string, slug: string): Found {
  const restart = `docker restart ${slug}-portal-1: the portal grants at its start what is needed`;
  switch (what) {
    case 'role': {
      return error(`there is no role ${role}`, restart);
    }
    case 'cannot read': {
      return error(`${role} cannot read ${relation}: charts stay empty`, restart);
    }
    case 'is': {
      return error(`${role} is a superuser`, `ALTER ROLE ${role} NOSUPERUSER`);
    }
    default: {
      return error(
        `${role} ${what} ${relation}`,
        `REVOKE ALL ON ${relation} FROM ${role}; then wattfleet verify ${slug}`,
      );
    }
  }
}
