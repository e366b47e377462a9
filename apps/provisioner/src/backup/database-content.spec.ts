import { describe, expect, it } from 'vitest';
import { assertSame, differences, parseContent } from './database-content.js';

const lines = [
  '{"postgresql" : "17.11", "timescaledb" : "2.19.3"}',
  '{"migrations" : ["House1", "Push2"]}',
  '{"table" : "monitoring.site", "rows" : 2, "checksum" : "-12"}',
  '{"table" : "monitoring.measurement_hourly", "rows" : 9, "checksum" : null}',
];
const content = parseContent(lines.join('\n'));

describe('what a database holds', () => {
  it('is read line by line', () => {
    expect(content).toEqual({
      postgresql: '17.11',
      timescaledb: '2.19.3',
      migrations: ['House1', 'Push2'],
      tables: [
        { table: 'monitoring.site', rows: 2, checksum: '-12' },
        { table: 'monitoring.measurement_hourly', rows: 9, checksum: null },
      ],
    });
  });

  it('is refused where a line is cut off', () => {
    expect(() => parseContent(lines.join('\n').slice(0, -4))).toThrow('JSON');
  });

  it('is compared table by table', () => {
    const [site, hourly] = content.tables;
    if (site === undefined || hourly === undefined) throw new Error('no tables');
    const restored = (...tables: typeof content.tables) => ({ ...content, tables });
    expect(differences(content, content)).toEqual([]);
    expect(differences(content, restored({ ...site, rows: 1 }, hourly))).toEqual([
      { path: 'monitoring.site', message: 'has 1 rows instead of 2' },
    ]);
    expect(differences(content, restored({ ...site, checksum: '3' }, hourly))).toEqual([
      { path: 'monitoring.site', message: 'has other values' },
    ]);
    expect(differences(content, restored(site))).toEqual([
      { path: 'monitoring.measurement_hourly', message: 'is missing' },
    ]);
    expect(differences(restored(site), content)).toEqual([
      { path: 'monitoring.measurement_hourly', message: 'was not in the dump' },
    ]);
    expect(() => assertSame(content, { ...content, migrations: ['House1'] })).toThrow(
      expect.objectContaining({ code: 'RESTORE_DIFFERS' }),
    );
  });
});
