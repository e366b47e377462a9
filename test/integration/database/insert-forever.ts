/** A program that is killed by the test: commits 100 rows at a time and prints how many are committed. */
import { Client } from 'pg';
import { EmbeddedDatabase } from '../../../libs/database/embedded/embedded-database.js';

const database = await EmbeddedDatabase.open(process.argv[2] ?? '');
const client = new Client({ host: database.socketFolder, user: 'postgres', database: 'postgres' });
await client.connect();
await client.query('CREATE TABLE reading (id integer GENERATED ALWAYS AS IDENTITY, text text NOT NULL)');
for (let committed = 100; ; committed += 100) {
  await client.query('BEGIN');
  for (let part = 0; part < 4; part++) {
    await client.query(`INSERT INTO reading (text) SELECT repeat('x', 200) FROM generate_series(1, 25)`);
  }
  await client.query('COMMIT');
  process.stdout.write(`${committed}\n`);
}
