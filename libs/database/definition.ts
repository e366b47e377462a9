import type { DataSourceOptions, MigrationInterface } from 'typeorm';

/** What an app says of its database. */
export interface DatabaseDefinition {
  /** Schema of every entity that names none. */
  schema: string;
  entities: NonNullable<DataSourceOptions['entities']>;
  /** In the order in which they run; forward only. */
  migrations: (new () => MigrationInterface)[];
  /** Told one notable line at a time: database resolved, migration applied. */
  log: (line: string) => void;
}
