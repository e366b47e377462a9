import type { DatabaseDefinition } from '#libs/database';
import { Account } from '#libs/nest-kit';
import { House1763700000000 } from './migrations/0001-house.js';
import { Fleet1763800000000 } from './migrations/0002-fleet.js';
import { FleetEnergy1763800000001 } from './migrations/0003-fleet-energy.js';
import { Alerts1763800000002 } from './migrations/0004-alerts.js';
import { Ingest1763800000003 } from './migrations/0005-ingest.js';
import { Accounts1764000400000 } from './migrations/0006-accounts.js';

export const adminDatabase: Omit<DatabaseDefinition, 'log'> = {
  schema: 'fleet',
  entities: [Account],
  migrations: [
    House1763700000000,
    Fleet1763800000000,
    FleetEnergy1763800000001,
    Alerts1763800000002,
    Ingest1763800000003,
    Accounts1764000400000,
  ],
};
