import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of a bench's own on the server that BENCH_DATABASE_URL names. */
export interface BenchDatabase {
  url: URL;
  drop: () => Promise<void>;
}

/** @throws Error when BENCH_DATABASE_URL is not set */
export async function createBenchDatabase(): Promise<BenchDatabase> {
  const server = process.env['BENCH_DATABASE_URL'];
  if (server === undefined) throw new Error('set BENCH_DATABASE_URL to a TimescaleDB server: postgres://…');
  const url = new URL(server);
  const name = `wattfleet_bench_${randomBytes(4).toString('hex')}`;
  const run = (statement: string) =>
    withClient(new URL(server), async (client) => void (await client.query(statement)));
  await run(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return { url, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** @returns no url where BENCH_DATABASE_URL is not set: the embedded database is used then */
export async function createBenchDatabaseIfGiven(): Promise<
  Omit<BenchDatabase, 'url'> & { url: URL | undefined }
> {
  if (process.env['BENCH_DATABASE_URL'] === undefined)
    return { url: undefined, drop: () => Promise.resolve() };
  return createBenchDatabase();
}

/** Connects for the time of `work`. */
export async function withClient<T>(url: URL, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
