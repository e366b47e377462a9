import { scramVerifier } from '#libs/config';
import { tenantDatabase } from '#libs/stack';
import type { Docker } from '../docker/docker.js';
import { maintenance, type DatabaseServer } from './database-server.js';
import { dropDatabase } from './load-dump.js';

/** Name under which a database is restored beside the tenant's own. */
export const besideName = `${tenantDatabase.name}_restoring`;

/** Name of the database that a restore at that time has replaced. */
export function beforeName(stamp: string): string {
  return `${tenantDatabase.name}_before_${stamp.toLowerCase()}`;
}

/**
 * Gives the restored database the name of the tenant's, which is kept as `before`; where that is there already, an earlier
 * try has come so far, and what it had put in place is dropped instead. Both renames are one transaction.
 */
export async function swapDatabases(docker: Docker, server: DatabaseServer, before: string): Promise<void> {
  const names = await databaseNames(docker, server);
  const { name } = tenantDatabase;
  if (names.includes(before)) await dropDatabase(docker, server, name);
  const steps = [
    ...(names.includes(before)
      ? []
      : [`ALTER DATABASE :"name" RENAME TO :"before"`, `ALTER DATABASE :"before" ALLOW_CONNECTIONS false`]),
    `ALTER DATABASE :"beside" RENAME TO :"name"`,
  ];
  const input = `${endSessions} BEGIN; ${steps.join('; ')}; COMMIT;`;
  for (let attempt = 1; ; attempt++) {
    try {
      await docker.run(server.psql(maintenance, { name, before, beside: besideName }), { input });
      break;
    } catch (error) {
      // A worker of TimescaleDB may connect between the two statements.
      if (attempt === 5) throw error;
    }
  }
  await docker.run(server.psql(name), { input: 'SELECT _timescaledb_functions.start_background_workers();' });
}

const endSessions = `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname IN (:'name', :'beside');`;

/** Databases that earlier restores have kept, oldest first. */
export async function keptDatabases(docker: Docker, server: DatabaseServer): Promise<string[]> {
  const prefix = beforeName('');
  return (await databaseNames(docker, server)).filter((name) => name.startsWith(prefix)).toSorted();
}

/** True when nothing was ever written: the database of a stack that was made a moment ago. */
export async function isEmpty(docker: Docker, server: DatabaseServer): Promise<boolean> {
  const input = `SELECT to_regclass('monitoring.migration') IS NULL;`;
  return (await docker.run(server.psql(tenantDatabase.name), { input })) === 't';
}

/** The owner's password as the portal knows it: a data folder that was found again may have another one. */
export async function setOwnerPassword(
  docker: Docker,
  server: DatabaseServer,
  password: string,
): Promise<void> {
  const verifier = await scramVerifier(password);
  await docker.run(server.psql(maintenance, { user: server.user }), {
    // Base64, dollars and colons: nothing in it ends the literal.
    input: `ALTER ROLE :"user" PASSWORD '${verifier}';`,
  });
}

async function databaseNames(docker: Docker, server: DatabaseServer): Promise<string[]> {
  return (await docker.run(server.psql(maintenance), { input: 'SELECT datname FROM pg_database;' })).split(
    '\n',
  );
}
