import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import { tenantDatabase } from '#libs/stack';
import type { Docker } from '../docker/docker.js';
import { contentScript, parseContent } from './database-content.js';
import type { DatabaseServer } from './database-server.js';
import { files, type DatabaseContent } from './manifest.js';

const applicationName = 'wattfleet backup';
const complete = '{"dump":"complete"}';

/**
 * Dumps the tenant's database into the folder of an archive, past this process's memory, and tells what is in the dump.
 * One session exports its snapshot, counts in it and hands it to `pg_dump`, so that counts and dump are of one moment
 * whatever is written meanwhile.
 * @throws CodedError BACKUP_INCOMPLETE, DOCKER_FAILED
 */
export async function dumpDatabase(
  docker: Docker,
  server: DatabaseServer,
  folder: string,
): Promise<DatabaseContent> {
  const { name } = tenantDatabase;
  await docker.run(server.psql(name), { input: endLeftovers });
  // On a tmpfs of the container; the file holds counts and checksums.
  const counts = `/tmp/wattfleet-${randomUUID()}`;
  const dump = path.join(folder, files.dump);
  try {
    await docker.run(server.psql(name), { input: dumpScript(counts), outputFile: dump });
    const lines = (await docker.run(server.exec('cat', counts))).split('\n');
    if (lines.pop() !== complete) throw new CodedError('BACKUP_INCOMPLETE', { detail: 'pg_dump has failed' });
    await checkDump(docker, server, dump);
    return parseContent(lines.join('\n'));
  } finally {
    await docker.run(server.exec('rm', '-f', counts));
  }
}

/** Reads the whole dump as a restore would. @throws CodedError DOCKER_FAILED when it is cut off or damaged */
async function checkDump(docker: Docker, server: DatabaseServer, dump: string): Promise<void> {
  await docker.run(server.exec('pg_restore', '--file=/dev/null'), { inputFile: dump });
}

/** Of a backup that was killed: its snapshot would hold back the database's housekeeping until the server restarts. */
const endLeftovers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${applicationName}';`;

/** Constants of ours alone stand in the commands of the shell. */
function dumpScript(counts: string): string {
  const { name, user } = tenantDatabase;
  const connection = `dbname=${name} user=${user} application_name='${applicationName}'`;
  return String.raw`
SET application_name = '${applicationName}';
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot \gset
\setenv WATTFLEET_SNAPSHOT :snapshot
\o ${counts}
${contentScript}
\o
\! pg_dump --format=custom --snapshot="$WATTFLEET_SNAPSHOT" --dbname="${connection}" </dev/null && echo '${complete}' >>${counts}
COMMIT;
`;
}
