import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#libs/config';
import { checkDatabase, databaseAddress, databaseVariables } from './settings.js';

function read(environment: Record<string, string>) {
  return databaseAddress(readEnvironment(databaseVariables, environment, checkDatabase));
}

describe('databaseAddress', () => {
  it('is a server', () => {
    const address = read({ DATABASE_HOST: 'timescaledb', DATABASE_PASSWORD: 'hunter2' });
    expect(address).toMatchObject({
      kind: 'server',
      host: 'timescaledb',
      port: 5432,
      name: 'power_monitoring',
      user: 'power_user',
      poolSize: 10,
    });
    expect(JSON.stringify(address)).not.toContain('hunter2');
  });

  it('is a folder', () => {
    expect(read({ DATABASE_EMBEDDED_FOLDER: '/data/db' })).toEqual({ kind: 'embedded', folder: '/data/db' });
  });

  it.each([
    [{}, 'DATABASE_HOST: is required'],
    [{ DATABASE_HOST: 'x' }, 'DATABASE_PASSWORD: is required (or DATABASE_PASSWORD_FILE)'],
    [
      { DATABASE_HOST: 'x', DATABASE_PASSWORD: 'y', DATABASE_EMBEDDED_FOLDER: 'z' },
      'DATABASE_HOST: cannot be set together with DATABASE_EMBEDDED_FOLDER',
    ],
  ])('is refused when it is not one of both: %j', (environment, message) => {
    expect(() => read(environment)).toThrow(message);
  });
});
