import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import { majorOf } from '../docker/postgres-version.js';
import { TenantDatabase } from '../docker/tenant-database.js';

/**
 * A server of another major version cannot read the database's files, and would not start.
 * @throws CodedError DATABASE_MAJOR_VERSION, before anything is stopped
 */
export async function refuseOtherMajor(
  { docker }: Pick<Context, 'docker'>,
  slug: string,
  image: string,
): Promise<void> {
  const [row] = await new TenantDatabase(docker, slug).run('SHOW server_version;');
  const running = row?.[0] ?? '';
  const asking = ['run', '--rm', '--network', 'none', '--entrypoint', 'postgres', image, '--version'];
  // Such as `postgres (PostgreSQL) 17.6 (Debian 17.6-1)`.
  const answer = await docker.run(asking, { timeoutSeconds: 60 });
  const offered = /\(PostgreSQL\) (\S+)/.exec(answer)?.[1] ?? '';
  if (majorOf(offered) === majorOf(running)) return;
  const detail = `${image} has PostgreSQL ${offered || 'of an unknown version'}, the database is of ${running}`;
  throw new CodedError('DATABASE_MAJOR_VERSION', { detail });
}
