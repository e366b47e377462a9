import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '#libs/database';
import { EmbeddedDatabase } from '../../../libs/database/embedded/embedded-database.js';
import { createTestDatabase, isServer } from '../test-database.js';

const sourceHooks = path.resolve('apps/provisioner/src/testing/source-hooks.mjs');
const insertForever = path.join(import.meta.dirname, 'insert-forever.ts');

async function newFolder(): Promise<string> {
  const { address } = await createTestDatabase();
  if (address.kind !== 'embedded') throw new Error('these tests are about the embedded database');
  return address.folder;
}

async function open(folder: string): Promise<EmbeddedDatabase> {
  const database = await EmbeddedDatabase.open(folder);
  onTestFinished(() => database.close());
  return database;
}

async function connect(database: EmbeddedDatabase): Promise<Client> {
  const client = new Client({ host: database.socketFolder, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
}

async function count(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM reading');
  return rows[0]?.count ?? 0;
}

/** @returns how many rows the program had said to be committed when it was killed */
async function insertUntilKilled(folder: string, afterLines: number): Promise<number> {
  const flags = ['--conditions=source', '--import', sourceHooks, '--no-warnings'];
  const child = spawn(process.execPath, [...flags, insertForever, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let acknowledged = 0;
  let lines = 0;
  for await (const line of createInterface(child.stdout)) {
    acknowledged = Number(line);
    if (++lines === afterLines) child.kill('SIGKILL');
  }
  expect(await exit).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

describe.skipIf(isServer)('embedded database (not with a server)', () => {
  it('holds every acknowledged row after kill -9 in mid-write, and no part of a transaction', async () => {
    const folder = await newFolder();
    const acknowledged = await insertUntilKilled(folder, 40);
    const client = await connect(await open(folder));
    const stored = await count(client);
    await client.end();
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored % 100).toBe(0);
  });

  it('refuses a second opener with DATABASE_LOCKED and lets it in when the first has closed', async () => {
    const folder = await newFolder();
    const definition = { schema: 'public', entities: [], migrations: [], log: () => undefined };
    const first = await openDatabase({ kind: 'embedded', folder }, definition);
    await expect(openDatabase({ kind: 'embedded', folder }, definition)).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
    });
    await expect(first.dataSource.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
    await first.close();
    const second = await openDatabase({ kind: 'embedded', folder }, definition);
    await second.close();
  });

  it('undoes the transaction of a client that disconnects in the middle', async () => {
    const database = await open(await newFolder());
    const setUp = await connect(database);
    await setUp.query('CREATE TABLE reading (id integer)');
    await setUp.end();
    const gone = await connect(database);
    gone.on('error', () => undefined);
    await gone.query('BEGIN');
    await gone.query('INSERT INTO reading VALUES (1)');
    await gone.query('CREATE TEMPORARY TABLE of_the_session (id integer)');
    gone.connection.stream.destroy();
    const next = await connect(database);
    expect(await count(next)).toBe(0);
    await next.query('INSERT INTO reading VALUES (2)');
    await expect(next.query('SELECT * FROM of_the_session')).rejects.toThrow('does not exist');
    await next.end();
  });

  it('gives every client the same settings, whatever the one before has set', async () => {
    const database = await open(await newFolder());
    const settings = `SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone`;
    const first = await connect(database);
    const before = (await first.query(settings)).rows;
    await first.query(`SET TimeZone TO 'Asia/Tokyo'`);
    await first.query(`SET search_path TO pg_catalog`);
    await first.end();
    const second = await connect(database);
    expect((await second.query(settings)).rows).toEqual(before);
    await expect(second.query(`SELECT time_bucket('1 hour', now())`)).resolves.toBeDefined();
    await second.end();
  });

  it('goes on after a client that disconnects while it sends a request', async () => {
    const database = await open(await newFolder());
    const gone = await connect(database);
    gone.on('error', () => undefined);
    // The head of a query of 1000 bytes, of which the rest never comes.
    gone.connection.stream.write(Buffer.from([0x51, 0, 0, 0x03, 0xe8, 0x53, 0x45]));
    gone.connection.stream.destroy();
    const next = await connect(database);
    expect((await next.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await next.end();
  });

  it('takes a Bind message of several megabytes', async () => {
    const client = await connect(await open(await newFolder()));
    const values = Array.from({ length: 300_000 }, (_, index) => index + 0.25);
    const { rows } = await client.query(
      'SELECT count(*)::int AS count, sum(value) AS sum FROM unnest($1::float8[]) AS value',
      [values],
    );
    await client.end();
    expect(rows).toEqual([{ count: 300_000, sum: 300_000 * 299_999 * 0.5 + 75_000 }]);
  });
});
