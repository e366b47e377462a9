import { CodedError } from '#libs/errors';
import { tenantDatabase } from '#libs/stack';
import type { Docker } from './docker.js';
import { serviceContainer } from './service-container.js';

const client = ['psql', '--no-psqlrc', '--quiet', '--no-align', '--tuples-only'];
const database = ['--dbname', tenantDatabase.name];

interface QueryLimits {
  timeoutSeconds?: number;
}

const usualLimits: QueryLimits = { timeoutSeconds: 60 };
/** For statements that take as long as there are rows. */
export const noLimit: QueryLimits = {};

/** A tenant's database, asked in its own container. Statements go in through standard input, never as arguments. */
export class TenantDatabase {
  readonly #docker: Docker;
  readonly #slug: string;

  constructor(docker: Docker, slug: string) {
    this.#docker = docker;
    this.#slug = slug;
  }

  /**
   * Runs statements as the owner, through the server's socket; in one transaction when they begin one.
   * @returns the rows, columns parted by tabs
   * @throws CodedError TENANT_STOPPED, DOCKER_FAILED
   */
  async run(statements: string, limits: QueryLimits = usualLimits): Promise<string[][]> {
    const options = [
      '--set',
      'ON_ERROR_STOP=1',
      '--field-separator',
      '\t',
      '--username',
      tenantDatabase.user,
    ];
    const text = await this.#exec([...client, ...options, ...database], statements, limits);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  }

  /**
   * Whether a role can connect with this password, over the network as the portal does: on the socket and on the
   * loopback address the server asks for none.
   * @throws CodedError TENANT_STOPPED, DOCKER_FAILED when the server does not answer at all
   */
  async accepts(role: string, password: string): Promise<boolean> {
    const account = ['--password', '--host', tenantDatabase.host, '--username', role];
    try {
      await this.#exec(
        [...client, ...account, ...database, '--command', 'SELECT 1'],
        `${password}\n`,
        usualLimits,
      );
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  async #exec(command: string[], input: string, limits: QueryLimits): Promise<string> {
    const container = await serviceContainer(this.#docker, this.#slug, 'timescaledb');
    return this.#docker.run(['exec', '--interactive', container, ...command], { input, ...limits });
  }
}

/** `text` as a literal in SQL. */
export function sqlLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof CodedError && /authentication failed|is not permitted to log in/.test(error.message)
  );
}
