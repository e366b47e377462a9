import { expect, it } from 'vitest';
import type { ColumnMapping } from '#libs/contracts';
import {
  columnCount,
  dialectOf,
  isReadable,
  withChannel,
  withChannelColumn,
  withLayout,
  withNewChannel,
  withoutChannel,
} from './mapping-draft.js';

const sample = {
  header: ['Time', 'Series', 'Value', 'Note'],
  table: [
    { line: 2, cells: ['2026-07-01', 'P', '1', 'x'] },
    { line: 3, cells: ['2026-07-01', 'Q', '2', 'y', 'more'] },
    { line: 4, cells: ['2026-07-01', 'P', '3'] },
  ],
};
const mapping: ColumnMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  skipLines: 0,
  hasHeader: true,
  decimalMark: '.',
  time: { columns: [1], formats: ['iso'], timeZone: 'UTC', shiftSeconds: 0 },
  device: '',
  noValue: [],
  values: { layout: 'wide', channels: [{ column: 3, label: 'Ch1', name: 'Value', unit: 'W', factor: 1 }] },
};

it('knows the columns of the widest row', () => {
  expect(columnCount(sample)).toBe(5);
  expect(columnCount({ header: [], table: [] })).toBe(1);
  expect(dialectOf(mapping)).toEqual({ encoding: 'utf-8', delimiter: ',', skipLines: 0, hasHeader: true });
});

it('adds, changes and removes channels, each with a column and a label of its own', () => {
  const two = withNewChannel(mapping, sample);
  expect(two.values.channels[1]).toEqual({ column: 2, label: 'Ch2', name: 'Series', unit: '', factor: 1 });
  const changed = withChannel(two, 1, { unit: 'kW', factor: 1_000 });
  expect(changed.values.channels[1]).toMatchObject({ column: 2, unit: 'kW', factor: 1_000 });
  const one = withoutChannel(changed, 0);
  expect(one.values.channels.map(({ label }) => label)).toEqual(['Ch2']);
  // Ch2 is there already.
  expect(withNewChannel(one, sample).values.channels[1]).toMatchObject({ label: 'Ch3', column: 3 });
});

it('suggests the channels of the other layout', () => {
  const long = withLayout(mapping, 'long', sample);
  expect(long.values).toEqual({
    layout: 'long',
    channelColumn: 2,
    valueColumn: 3,
    channels: [
      { key: 'P', label: 'Ch1', name: 'P', unit: '', factor: 1 },
      { key: 'Q', label: 'Ch2', name: 'Q', unit: '', factor: 1 },
    ],
  });
  expect(withLayout(long, 'long', sample)).toBe(long);
  expect(withChannelColumn(long, 4, sample).values.channels.map(({ name }) => name)).toEqual(['x', 'y']);
  expect(withNewChannel(withoutChannel(long, 0), sample).values.channels[1]).toMatchObject({ key: 'P' });
  expect(withLayout(long, 'wide', sample).values.channels).toHaveLength(4);
});

it('is readable with a time and a channel', () => {
  expect(isReadable(mapping)).toBe(true);
  expect(isReadable(withoutChannel(mapping, 0))).toBe(false);
  expect(isReadable({ ...mapping, time: { ...mapping.time, formats: [] } })).toBe(false);
});
