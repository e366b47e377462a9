import { CodedError } from '#libs/errors';
import { tenantDatabase } from '#libs/stack';
import type { Context } from '../commands/context.js';
import { compose, composeUp } from '../docker/compose.js';
import { listContainers } from '../docker/containers.js';
import { tenantFolder } from '../tenants/tenant-folder.js';

/** The database to be connected to while others are made, renamed and removed. */
export const maintenance = 'postgres';

/** A container in which a PostgreSQL server runs. Pure: its functions say what is to be run. */
export class DatabaseServer {
  readonly container: string;
  readonly user = tenantDatabase.user;

  constructor(container: string) {
    this.container = container;
  }

  /** A program beside the server; it gets the call's input. */
  exec(...command: string[]): string[] {
    return ['exec', '--interactive', this.container, ...command];
  }

  /**
   * Runs the statements of its input as the superuser: bare values, and the first error ends it.
   * @param variables for `:"name"` and `:'name'`; no secrets, which go into the input
   */
  psql(database: string, variables: Record<string, string> = {}): string[] {
    const set = Object.entries(variables).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    const options = ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--set', 'ON_ERROR_STOP=1'];
    return this.exec('psql', ...options, ...set, '--username', this.user, '--dbname', database);
  }
}

const waitSeconds = 300;

/** Starts the tenant's database alone where it does not run. */
export async function startDatabase({ config, docker }: Context, slug: string): Promise<DatabaseServer> {
  await docker.run(composeUp(tenantFolder(config.root, slug).folder, waitSeconds, ['timescaledb']));
  const server = await findServer({ docker }, slug);
  if (server === undefined)
    throw new CodedError('DOCKER_FAILED', { detail: `${slug}: timescaledb does not run` });
  return server;
}

/** Does `work` with the tenant's database, which is started for it where it does not run, and stopped again. */
export async function withDatabase<T>(
  context: Context,
  slug: string,
  work: (server: DatabaseServer) => Promise<T>,
): Promise<T> {
  const running = await findServer(context, slug);
  if (running !== undefined) return work(running);
  try {
    return await work(await startDatabase(context, slug));
  } finally {
    await context.docker.run(compose(tenantFolder(context.config.root, slug).folder, 'stop', 'timescaledb'));
  }
}

async function findServer({ docker }: Pick<Context, 'docker'>, slug: string) {
  const containers = await listContainers(docker, slug);
  const found = containers.find(({ service, state }) => service === 'timescaledb' && state === 'running');
  return found && new DatabaseServer(found.id);
}
