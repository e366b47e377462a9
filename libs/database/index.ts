export { openDatabase, type Database, type DatabaseDefinition } from './database.js';
export { checkDatabase, databaseAddress, databaseVariables, type DatabaseAddress } from './settings.js';
export {
  ensureCompression,
  ensureRollup,
  PolicyRunner,
  timescaleLicence,
  type Compression,
  type Rollup,
} from './timescale.js';
