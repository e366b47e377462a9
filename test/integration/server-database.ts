import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Secret } from '#libs/config';
import type { DatabaseAddress } from '#libs/database';

/** A database of the caller's own on a server. */
export interface ServerDatabase {
  address: Extract<DatabaseAddress, { kind: 'server' }>;
  /** Removes it, whoever is connected. */
  drop: () => Promise<void>;
}

/**
 * @param serverUrl of a role that may create databases
 * @param template name of a database that is copied; nobody may be connected to it
 */
export async function createServerDatabase(
  serverUrl: string,
  // Not template1: TimescaleDB's launcher looks into it now and then, and a database in use is not copied.
  template = 'template0',
): Promise<ServerDatabase> {
  const url = new URL(serverUrl);
  const name = `wattfleet_test_${randomBytes(6).toString('hex')}`;
  await runOnServer(url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const address = {
    kind: 'server' as const,
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    name,
    user: decodeURIComponent(url.username),
    password: new Secret(decodeURIComponent(url.password)),
    poolSize: 8,
  };
  return { address, drop: () => runOnServer(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/**
 * A database of the caller's own, with what another one has.
 * @param from name of a database that no program has open
 */
export async function copyServerDatabase(serverUrl: string, from: string): Promise<ServerDatabase> {
  const url = new URL(serverUrl);
  // The scheduler of TimescaleDB stays connected when the programs have gone, and comes back when it is ended.
  await runOnServer(url, `ALTER DATABASE ${from} ALLOW_CONNECTIONS false`);
  await runOnServer(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${from}'`);
  const copy = await createServerDatabase(serverUrl, from);
  await runOnServer(url, `ALTER DATABASE ${from} ALLOW_CONNECTIONS true`);
  return copy;
}

/** The variables with which a program is told of a database. */
export function databaseEnvironment(address: DatabaseAddress): Record<string, string> {
  if (address.kind === 'embedded') return { DATABASE_EMBEDDED_FOLDER: address.folder };
  return {
    DATABASE_HOST: address.host,
    DATABASE_PORT: String(address.port),
    DATABASE_NAME: address.name,
    DATABASE_USER: address.user,
    DATABASE_PASSWORD: address.password.reveal(),
  };
}

async function runOnServer(url: URL, statement: string): Promise<void> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
