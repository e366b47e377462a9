import path from 'node:path';
import { CodedError, type InputProblem } from '#libs/errors';
import type { Docker } from '../docker/docker.js';
import { majorOf } from '../docker/postgres-version.js';
import { assertSame, readContent } from './database-content.js';
import { maintenance, type DatabaseServer } from './database-server.js';
import { files, type Manifest } from './manifest.js';
import { ensureRoles } from './roles.js';

/**
 * Whether a server can take the archive's dump: the same major version of PostgreSQL, and the very version of TimescaleDB,
 * which a dump is bound to.
 * @throws CodedError ARCHIVE_MISMATCH
 */
export async function checkServer(
  docker: Docker,
  server: DatabaseServer,
  { database, images }: Manifest,
): Promise<void> {
  const input = `SHOW server_version; SELECT version FROM pg_available_extension_versions WHERE name = 'timescaledb';`;
  const [version = '', ...extensions] = (await docker.run(server.psql(maintenance), { input })).split('\n');
  const problems: InputProblem[] = [];
  if (majorOf(version) !== majorOf(database.postgresql)) {
    problems.push({
      path: 'postgresql',
      message: `is ${version} here and was ${database.postgresql} in the backup, which needs the same major version`,
    });
  }
  if (!extensions.includes(database.timescaledb)) {
    problems.push({
      path: 'timescaledb',
      message: `${database.timescaledb} of the backup is not in the server's image; there is ${extensions.join(', ')}`,
    });
  }
  if (problems.length === 0) return;
  throw new CodedError('ARCHIVE_MISMATCH', {
    detail: `the backup was made with ${images.timescaledb}`,
    problems,
  });
}

/**
 * Restores the dump of an archive into a new database of the server and compares it with the manifest. One of that name is
 * removed first: it is what an earlier try has left.
 * @throws CodedError RESTORE_DIFFERS, DOCKER_FAILED; the new database is gone then
 */
export async function loadDump(
  docker: Docker,
  server: DatabaseServer,
  { folder, manifest, database }: { folder: string; manifest: Manifest; database: string },
): Promise<void> {
  await ensureRoles(docker, server, folder);
  await dropDatabase(docker, server, database);
  try {
    const variables = { database, version: manifest.database.timescaledb };
    await docker.run(server.psql(maintenance, variables), { input: createScript });
    await docker.run(server.psql(database, variables), { input: extensionScript });
    // Neither --clean nor --jobs: with them TimescaleDB restores no rows.
    const restore = server.exec(
      'pg_restore',
      '--exit-on-error',
      '--no-owner',
      `--username=${server.user}`,
      `--dbname=${database}`,
    );
    await docker.run(restore, { inputFile: path.join(folder, files.dump) });
    await docker.run(server.psql(database), { input: finishScript });
    assertSame(manifest.database, await readContent(docker, server, database));
  } catch (error) {
    await dropDatabase(docker, server, database).catch(() => undefined);
    throw error;
  }
}

const createScript = 'CREATE DATABASE :"database" TEMPLATE template0;';
/** No policy may drop or compress anything before the comparison; workers start when the database has its name. */
const finishScript = `SELECT timescaledb_post_restore(); SELECT _timescaledb_functions.stop_background_workers(); ANALYZE;`;
const extensionScript = `CREATE EXTENSION timescaledb VERSION :'version'; SELECT timescaledb_pre_restore();`;

/** Ends who is connected to it, among them a restore that was killed. */
export async function dropDatabase(docker: Docker, server: DatabaseServer, database: string): Promise<void> {
  const input = 'DROP DATABASE IF EXISTS :"database" WITH (FORCE);';
  await docker.run(server.psql(maintenance, { database }), { input });
}
