import { TenantDatabase } from '../docker/tenant-database.js';
import { error, ok, warning, type Found } from './finding.js';
import { inService, runningContainer } from './tenant-subject.js';

/** Names in the order of their numbers, as the portal's program has them. */
const script = `
  const { portalDatabase } = await import('/app/dist/apps/portal/src/portal.database.js');
  console.log(JSON.stringify(portalDatabase.migrations.map((migration) => migration.name)));
`;

/** Every migration of the portal's image is applied, and none that it does not know. */
export const migrations = inService(
  'timescaledb',
  'migrations',
  'The database has the schema of the portal that runs',
  async (subject) => {
    const { docker, tenant } = subject;
    const applied = (
      await new TenantDatabase(docker, tenant.slug).run('SELECT name FROM monitoring.migration ORDER BY id')
    ).map(([name = '']) => name);
    const portal = runningContainer(subject, 'portal');
    const known = portal === undefined ? undefined : await knownMigrations(subject, portal);
    return compare(applied, known, tenant.slug);
  },
);

async function knownMigrations(
  { docker }: Parameters<typeof runningContainer>[0],
  portal: string,
): Promise<string[]> {
  const args = ['exec', portal, 'node', '--input-type=module', '--eval', script];
  const names: unknown = JSON.parse(await docker.run(args, { timeoutSeconds: 60 }));
  return Array.isArray(names) ? names.map(String) : [];
}

function compare(applied: readonly string[], known: readonly string[] | undefined, slug: string): Found[] {
  if (known === undefined) {
    return [ok(`${applied.length} migrations are applied; portal does not run to be asked for its own`)];
  }
  const missing = known.filter((name) => !applied.includes(name));
  const foreign = applied.filter((name) => !known.includes(name));
  return [
    ...(missing.length === 0
      ? []
      : [
          error(
            `not applied: ${missing.join(', ')}`,
            `wattfleet logs ${slug} --service portal --tail 100: it says why`,
          ),
        ]),
    ...(foreign.length === 0
      ? []
      : [
          warning(
            `applied by a later version: ${foreign.join(', ')}`,
            `an older portal runs on a newer database: set images.portal forward again, or wattfleet restore ${slug}`,
          ),
        ]),
    ...(missing.length + foreign.length === 0 ? [ok(`all ${known.length} migrations are applied`)] : []),
  ];
}
