import { expect, test } from 'vitest';
import { collectMeterFile } from '../../test/fixtures/collected-meter-file.js';
import { demoMeterFiles } from '../../test/fixtures/meter-files.js';

const now = new Date('2026-07-01T12:07:31Z');

test('the demo data are what they are said to be', async () => {
  const files = demoMeterFiles(now);
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  expect(new Set(files.map(({ path }) => path.split('/').slice(0, 2).join('/')))).toEqual(
    new Set(['north-plant/02003107', 'harbour-offices/02003164', 'harbour-offices/02000912']),
  );
  const read = await Promise.all(files.map(({ content }) => collectMeterFile(content, { now })));
  const reports = read.map(({ report }) => report);
  const points = reports.reduce((sum, report) => sum + report.points, 0);
  expect(points).toBeGreaterThan(60_000);
  expect(points).toBeLessThan(90_000);
  expect(new Set(reports.map(({ format }) => format)).size).toBe(3);
  expect(reports.filter(({ incomplete }) => incomplete)).toHaveLength(1);
  expect(reports.filter(({ rows }) => rows === 0)).toHaveLength(1);
  expect(reports.every(({ suspiciousTimes, rejectedValues }) => suspiciousTimes + rejectedValues === 0)).toBe(
    true,
  );
  expect(
    reports
      .map(({ lastTime }) => lastTime ?? '')
      .sort()
      .at(-1),
  ).toBe('2026-07-01T12:00:00.000Z');
});

test('files that overlap agree, and no row of the 14 days is missing', async () => {
  const files = demoMeterFiles(now).filter(({ path }) => !path.includes('02003164'));
  const values = new Map<string, string>();
  for (const { path, content } of files) {
    for (const { time, values: row } of (await collectMeterFile(content, { now })).rows) {
      const key = `${path.split('/')[1]} ${time}`;
      const text = row.join(' ');
      expect(values.get(key) ?? text).toBe(text);
      values.set(key, text);
    }
  }
  expect(values.size).toBe(2 * 14 * 144);
});

test('the same moment gives the same bytes', () => {
  expect(demoMeterFiles(new Date('2026-07-01T12:00:00Z'))).toEqual(demoMeterFiles(now));
});
