import { expect } from 'vitest';
import type { Row } from './panel-files.js';

/** What Grafana can draw: times in their order, names as text, everything else a number or missing. */
export function expectShape(rows: readonly Row[], format: string, hasValues = true): void {
  const values = rows.flatMap((row) => Object.values(row).filter((value) => typeof value === 'number'));
  expect(values.filter((value) => !Number.isFinite(value))).toEqual([]);
  if (format === 'table') return;
  const times = rows.map((row) => row['time']);
  expect(times.filter((time) => !(time instanceof Date))).toEqual([]);
  expect(times).toEqual(times.toSorted((a, b) => Number(a) - Number(b)));
  if (hasValues) expect(values.length).toBeGreaterThan(0);
  for (const { time: _time, metric, ...numbers } of rows) {
    expect(['string', 'undefined']).toContain(typeof metric);
    expect(Object.values(numbers).filter((value) => value !== null && typeof value !== 'number')).toEqual([]);
  }
}
