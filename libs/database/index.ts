export { openDatabase, type Database } from './database.js';
export type { DatabaseDefinition } from './definition.js';
export { checkDatabase, databaseAddress, databaseVariables, type DatabaseAddress } from './settings.js';
export {
  ensureCompression,
  ensureRetention,
  ensureRollup,
  liftDecompressionLimit,
  PolicyRunner,
  timescaleLicence,
  type Rollup,
} from './timescale.js';
export { ensureGrafanaReader, type GrafanaSource } from './grafana-reader.js';
export { canCopy } from './copying.js';
export { copyBytes, encodeArrays, encodeCopy, type RowColumns } from './row-encoding.js';
export { measurementDigest } from './digest.js';
export { isTransient, sqlState } from './sql-state.js';
export { queryPrepared, transactionClient, type PreparedStatement } from './prepared.js';
