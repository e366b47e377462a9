import { describe, expect, it } from 'vitest';
import { FakeDocker, newRoot } from '../testing/provisioner.fixtures.js';
import { DatabaseServer } from './database-server.js';
import { dumpDatabase } from './dump-database.js';

const counts =
  '{"postgresql":"17.1","timescaledb":"2.19.3"}\n{"table":"monitoring.site","rows":1,"checksum":"7"}';
const server = new DatabaseServer('container');

describe('a dump', () => {
  it('is read back as a restore would, and comes with what is in it', async () => {
    const docker = new FakeDocker().answer(/ cat /, `${counts}\n{"dump":"complete"}`);
    expect(await dumpDatabase(docker, server, newRoot())).toMatchObject({
      tables: [{ rows: 1 }],
      migrations: [],
    });
    expect(docker.calls.filter((call) => call.includes('pg_restore'))).toHaveLength(1);
    expect(docker.calls.at(-1)).toMatch(/ rm -f \/tmp\/wattfleet-/);
  });

  it('counts as none where pg_dump has not said that it is complete', async () => {
    const docker = new FakeDocker().answer(/ cat /, counts);
    await expect(dumpDatabase(docker, server, newRoot())).rejects.toMatchObject({
      code: 'BACKUP_INCOMPLETE',
    });
    expect(docker.calls.at(-1)).toMatch(/ rm -f /);
  });

  it('counts and dumps in one snapshot', async () => {
    let script = '';
    const docker = new FakeDocker()
      .answer(/ cat /, `${counts}\n{"dump":"complete"}`)
      .answer(/ psql /, ({ input, outputFile }) => {
        if (outputFile !== undefined) script = String(input);
        return '';
      });
    await dumpDatabase(docker, server, newRoot());
    const order = [
      'REPEATABLE READ',
      'pg_export_snapshot',
      'hashtextextended',
      'pg_dump',
      '--snapshot=',
      'COMMIT',
    ];
    const places = order.map((word) => script.indexOf(word));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });
});
