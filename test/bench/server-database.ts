import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/**
 * A new database of the server that BENCH_DATABASE_URL names.
 * @returns no url where that is not set: the embedded database is used then
 */
export async function createBenchDatabase(): Promise<{ url: URL | undefined; drop: () => Promise<void> }> {
  const given = process.env['BENCH_DATABASE_URL'];
  if (given === undefined) return { url: undefined, drop: () => Promise.resolve() };
  const url = new URL(given);
  const name = `wattfleet_bench_${randomBytes(4).toString('hex')}`;
  await runOn(given, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return { url, drop: () => runOn(given, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function runOn(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
