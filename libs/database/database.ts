import { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { allowCopy } from './copying.js';
import type { DatabaseDefinition } from './definition.js';
import type { EmbeddedDatabase } from './embedded/embedded-database.js';
import { migrate } from './migrate.js';
import type { DatabaseAddress } from './settings.js';

/** An open, migrated database. */
export interface Database {
  dataSource: DataSource;
  /** True where the engine has no background workers, so that the app's scheduler calls `runPolicies`. */
  needsPolicyRunner: boolean;
  /** False where the engine has no `COPY … FROM STDIN`. */
  canCopy: boolean;
  close: () => Promise<void>;
}

/**
 * Connects, applies missing migrations under an advisory lock, and only then returns.
 * @throws CodedError DATABASE_UNAVAILABLE, DATABASE_LOCKED, MIGRATION_FAILED
 */
export async function openDatabase(
  address: DatabaseAddress,
  definition: DatabaseDefinition,
): Promise<Database> {
  const embedded = address.kind === 'embedded' ? await openEmbedded(address.folder) : undefined;
  const dataSource = new DataSource({
    type: 'postgres',
    ...connectionOptions(address, embedded),
    schema: definition.schema,
    entities: definition.entities,
    migrations: definition.migrations,
    migrationsTableName: 'migration',
    synchronize: false,
    installExtensions: false,
    applicationName: 'wattfleet',
  });
  const close = async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.close();
  };
  try {
    await connect(dataSource);
    definition.log(`Database connection resolved: ${describe(address)}`);
    await migrate(dataSource, definition);
  } catch (error) {
    await close();
    throw error;
  }
  const isServer = address.kind === 'server';
  if (isServer) allowCopy(dataSource);
  return { dataSource, needsPolicyRunner: !isServer, canCopy: isServer, close };
}

/** Loaded only when asked for: the production image does not hold it. */
async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const { EmbeddedDatabase } = await import('./embedded/embedded-database.js');
  return EmbeddedDatabase.open(folder);
}

function connectionOptions(address: DatabaseAddress, embedded: EmbeddedDatabase | undefined) {
  if (address.kind === 'embedded') {
    // One connection is all the embedded engine has: a query beside a running transaction must use its manager.
    return {
      host: embedded?.socketFolder ?? '',
      port: 5432,
      username: 'postgres',
      database: 'postgres',
      poolSize: 1,
    };
  }
  return {
    host: address.host,
    port: address.port,
    username: address.user,
    password: address.password.reveal(),
    database: address.name,
    poolSize: address.poolSize,
    connectTimeoutMS: 10_000,
  };
}

async function connect(dataSource: DataSource): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (cause) {
    throw new CodedError('DATABASE_UNAVAILABLE', {
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

function describe(address: DatabaseAddress): string {
  if (address.kind === 'embedded') return `embedded, in ${address.folder}`;
  return `${address.user}@${address.host}:${address.port}/${address.name}`;
}
