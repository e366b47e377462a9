import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tenantDatabase } from '#libs/stack';
import type { Docker } from '../docker/docker.js';
import { maintenance, type DatabaseServer } from './database-server.js';
import { files } from './manifest.js';

/**
 * The roles beside the owner, which a dump of one database does not hold: `grafana_reader`, and what ops have made for
 * other readers, each with its password's hash.
 */
const readRoles = `
SELECT coalesce(json_agg(json_build_object('name', rolname, 'login', rolcanlogin, 'password', rolpassword,
    'config', (SELECT setconfig FROM pg_db_role_setting WHERE setrole = pg_authid.oid AND setdatabase = 0),
    'memberOf', ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = pg_authid.oid ORDER BY 1))
  ORDER BY oid), '[]')
FROM pg_authid WHERE oid >= 16384 AND rolname <> '${tenantDatabase.user}' AND NOT rolsuper;`;

/** Roles that are there stay as they are: the portal sets the password of `grafana_reader` at its start. */
const createRoles = (roles: string) => String.raw`
CREATE TEMP TABLE wanted AS SELECT * FROM json_to_recordset(${roles})
  AS role (name text, login boolean, password text, config text[], "memberOf" text[]);
DELETE FROM wanted USING pg_roles WHERE rolname = name;
SELECT format('CREATE ROLE %I %s %s', name, CASE WHEN login THEN 'LOGIN' ELSE 'NOLOGIN' END,
  CASE WHEN password IS NULL THEN '' ELSE format('PASSWORD %L', password) END) FROM wanted \gexec
SELECT format(CASE WHEN setting ~ '^search_path=' THEN 'ALTER ROLE %I SET %I = %s' ELSE 'ALTER ROLE %I SET %I = %L' END,
    name, split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1))
  FROM wanted, unnest(config) AS setting \gexec
SELECT format('GRANT %s TO %I', parent, name) FROM wanted, unnest("memberOf") AS parent \gexec
`;

export async function saveRoles(docker: Docker, server: DatabaseServer, folder: string): Promise<void> {
  const text = await docker.run(server.psql(tenantDatabase.name), { input: readRoles });
  await writeFile(path.join(folder, files.roles), text, { mode: 0o600, flag: 'wx' });
}

/** Makes the roles of an archive that the server does not have. */
export async function ensureRoles(docker: Docker, server: DatabaseServer, folder: string): Promise<void> {
  const text = await readFile(path.join(folder, files.roles), 'utf8');
  // Through the input, as it holds hashes of passwords; as a literal that no text can break out of.
  const literal = `'${JSON.stringify(JSON.parse(text)).replaceAll("'", "''")}'`;
  await docker.run(server.psql(maintenance), { input: createRoles(literal) });
}
