import type { InputProblem } from '#libs/errors';
import { variable, type Secret, type Values } from '#libs/config';

/** The variables with which either app is told where its database is. */
export const databaseVariables = {
  DATABASE_HOST: variable.text('Host of the TimescaleDB server. Leave out to use DATABASE_EMBEDDED_FOLDER.', {
    optional: true,
    example: 'timescaledb',
  }),
  DATABASE_PORT: variable.port('Port of the TimescaleDB server.', { default: '5432' }),
  DATABASE_NAME: variable.text('Name of the database.', { default: 'power_monitoring' }),
  DATABASE_USER: variable.text('Role that owns the schema.', { default: 'power_user' }),
  DATABASE_PASSWORD: variable.secret(1, 'Password of DATABASE_USER.', { optional: true }),
  DATABASE_POOL_SIZE: variable.integer(1, 200)('Most connections to the server.', { default: '10' }),
  DATABASE_EMBEDDED_FOLDER: variable.text(
    'Folder of an embedded TimescaleDB, for the demo and tests; not in the production image.',
    { optional: true },
  ),
};

/** Where a database is: a server, or a folder for the embedded one. */
export type DatabaseAddress =
  | {
      kind: 'server';
      host: string;
      port: number;
      name: string;
      user: string;
      password: Secret;
      poolSize: number;
    }
  | { kind: 'embedded'; folder: string };

type DatabaseValues = Values<typeof databaseVariables>;

export function checkDatabase(values: DatabaseValues): InputProblem[] {
  const { DATABASE_HOST: host, DATABASE_EMBEDDED_FOLDER: folder, DATABASE_PASSWORD: password } = values;
  if (host !== undefined && folder !== undefined) {
    return [{ path: 'DATABASE_HOST', message: 'cannot be set together with DATABASE_EMBEDDED_FOLDER' }];
  }
  if (host === undefined && folder === undefined) return [{ path: 'DATABASE_HOST', message: 'is required' }];
  if (host !== undefined && password === undefined) {
    return [{ path: 'DATABASE_PASSWORD', message: 'is required (or DATABASE_PASSWORD_FILE)' }];
  }
  return [];
}

/** @param values as `checkDatabase` accepts them */
export function databaseAddress(values: DatabaseValues): DatabaseAddress {
  const { DATABASE_HOST: host, DATABASE_PASSWORD: password, DATABASE_EMBEDDED_FOLDER: folder } = values;
  if (host !== undefined && password !== undefined) {
    return {
      kind: 'server',
      host,
      port: values.DATABASE_PORT,
      name: values.DATABASE_NAME,
      user: values.DATABASE_USER,
      password,
      poolSize: values.DATABASE_POOL_SIZE,
    };
  }
  return { kind: 'embedded', folder: folder ?? '' };
}
