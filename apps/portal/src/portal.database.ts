import { openDatabase, type Database, type DatabaseAddress, type DatabaseDefinition } from '#libs/database';
import { Account } from '#libs/nest-kit';
import { House1763700000000 } from './migrations/0001-house.js';
import { FleetPush1763800000000 } from './migrations/0002-fleet-push.js';
import { Audit1763900000000 } from './migrations/0003-audit.js';
import { Accounts1764000400000 } from './migrations/0004-accounts.js';
import { Branding1764000500000 } from './migrations/0005-branding.js';
import { Sites1764000600000 } from './migrations/0006-sites.js';
import { ApiTokens1764000700000 } from './migrations/0007-api-tokens.js';
import { Imports1764000800000 } from './migrations/0008-imports.js';
import { Tariffs1764000900000 } from './migrations/0009-tariffs.js';
import { Collection1764001000000 } from './migrations/0010-collection.js';
import { Reports1764001100000 } from './migrations/0011-reports.js';
import { MappingFiles1764001200000 } from './migrations/0012-mapping-files.js';

export const portalDatabase: Omit<DatabaseDefinition, 'log'> = {
  schema: 'monitoring',
  entities: [Account],
  migrations: [
    House1763700000000,
    FleetPush1763800000000,
    Audit1763900000000,
    Accounts1764000400000,
    Branding1764000500000,
    Sites1764000600000,
    ApiTokens1764000700000,
    Imports1764000800000,
    Tariffs1764000900000,
    Collection1764001000000,
    Reports1764001100000,
    MappingFiles1764001200000,
  ],
};

/** Opens and migrates the portal's database for a command. */
export function openPortalDatabase(address: DatabaseAddress, log: (line: string) => void): Promise<Database> {
  return openDatabase(address, { ...portalDatabase, log });
}
