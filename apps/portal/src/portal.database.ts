import { openDatabase, type Database, type DatabaseAddress, type DatabaseDefinition } from '#libs/database';
import { Account } from '#libs/nest-kit';
import { House1763700000000 } from './migrations/0001-house.js';
import { FleetPush1763800000000 } from './migrations/0002-fleet-push.js';
import { Audit1763900000000 } from './migrations/0003-audit.js';
import { Sites1764000600000 } from './migrations/0006-sites.js';

export const portalDatabase: Omit<DatabaseDefinition, 'log'> = {
  schema: 'monitoring',
  entities: [Account],
  migrations: [House1763700000000, FleetPush1763800000000, Audit1763900000000, Sites1764000600000],
};

/** Opens and migrates the portal's database for a command. */
export function openPortalDatabase(address: DatabaseAddress, log: (line: string) => void): Promise<Database> {
  return openDatabase(address, { ...portalDatabase, log });
}
