import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodedError } from '#libs/errors';
import type { EngineMessage, EngineSettings } from './engine.js';

const socketName = '.s.PGSQL.5432';

/**
 * TimescaleDB in WebAssembly, for the demo and the tests. Serves one connection at a time on a Unix socket that only
 * this user can reach; has no background workers and no `COPY FROM STDIN`. Never part of the production image.
 */
export class EmbeddedDatabase {
  /** What `pg` takes as `host`. */
  readonly socketFolder: string;
  readonly #lock: net.Server;
  readonly #worker: Worker;

  private constructor(socketFolder: string, lock: net.Server, worker: Worker) {
    this.socketFolder = socketFolder;
    this.#lock = lock;
    this.#worker = worker;
  }

  /**
   * Opens the database in `folder`, which is made when it is missing.
   * @throws CodedError DATABASE_LOCKED when another process has it open, DATABASE_UNAVAILABLE when it cannot start
   */
  static async open(folder: string): Promise<EmbeddedDatabase> {
    const absolute = path.resolve(folder);
    await mkdir(path.dirname(absolute), { recursive: true });
    const socketFolder = await prepareSocketFolder(absolute);
    const lock = await takeLock(path.join(socketFolder, 'lock'), absolute);
    try {
      await removeUnfinished(absolute);
      const socketPath = path.join(socketFolder, socketName);
      await rm(socketPath, { force: true });
      return new EmbeddedDatabase(socketFolder, lock, await startEngine({ folder: absolute, socketPath }));
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** Checkpoints and stops; the pool must be closed before. */
  async close(): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#worker.once('exit', () => resolve());
      this.#worker.on('message', (message: EngineMessage) => {
        if (message.kind === 'stopped') resolve();
      });
    });
    this.#worker.postMessage('stop');
    await stopped;
    await this.#worker.terminate();
    await new Promise((resolve) => this.#lock.close(resolve));
  }
}

/** Socket paths are limited to about 100 bytes, so they cannot stand in the database's own folder. */
async function prepareSocketFolder(databaseFolder: string): Promise<string> {
  const user = process.getuid?.() ?? 0;
  const hash = createHash('sha256').update(databaseFolder).digest('hex').slice(0, 16);
  const folder = path.join(tmpdir(), `wattfleet-${user}-${hash}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const status = await lstat(folder);
  if (!status.isDirectory() || status.uid !== user || (status.mode & 0o077) !== 0) {
    throw new CodedError('DATABASE_UNAVAILABLE', { detail: `${folder} belongs to someone else` });
  }
  return folder;
}

/** A listening socket is the lock: the kernel drops it with the process, however that ends. */
async function takeLock(lockPath: string, databaseFolder: string): Promise<net.Server> {
  if (await isListening(lockPath)) throw new CodedError('DATABASE_LOCKED', { detail: databaseFolder });
  await rm(lockPath, { force: true });
  const server = net.createServer((socket) => socket.end());
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new CodedError('DATABASE_LOCKED', { detail: databaseFolder })));
    server.listen(lockPath, resolve);
  });
  return server;
}

function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Clusters whose making was interrupted. */
async function removeUnfinished(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  for (const name of await readdir(parent)) {
    if (name.startsWith(`${path.basename(folder)}.`) && name.endsWith('.new')) {
      await rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

async function startEngine(settings: EngineSettings): Promise<Worker> {
  // Run from its source by the tests, from its build by the apps; Node itself strips the types of a worker.
  const extension = path.extname(import.meta.url);
  const worker = new Worker(new URL(`./engine${extension}`, import.meta.url), { workerData: settings });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the embedded database ended with code ${code}`)));
      worker.once('message', (message: EngineMessage) => {
        if (message.kind === 'ready') resolve();
        else reject(new Error(message.kind === 'failed' ? message.message : 'stopped'));
      });
    });
  } catch (cause) {
    await worker.terminate();
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new CodedError('DATABASE_UNAVAILABLE', { detail, cause });
  }
  worker.removeAllListeners('exit');
  // Fail loudly: without its engine the app could only answer errors, and a restart is the remedy.
  worker.once('error', (error) => {
    throw error;
  });
  return worker;
}
