import { expect, test } from 'vitest';
import { labelChannels } from './channel-labels.js';
import type { MasterType } from './format.js';
import { quantityOf, splitLabel } from './units.js';

function labels(columns: string, masterType: MasterType = null): string {
  const cells = columns.split(' | ').map((column) => column.split('=') as [string, string]);
  const channels = labelChannels(
    'M',
    cells.map(([serial]) => serial),
    cells.map(([, cell]) => cell),
    masterType,
  );
  return channels.map(({ label }) => label).join(' ');
}

const threePhases = 'M=Ph 1 V | M=Ph 2 V | M=Ph 3 V | M=Voie1 W | M=Voie2 W';

test('a three-phase master: by its names, or because the header says so', () => {
  expect(labels(threePhases)).toBe('U1 U2 U3 Ch1 Ch2');
  expect(labels('M=L1 V | M=L2 V | M=L3 V | M=Voie1 W', 'Tri')).toBe('U1 U2 U3 Ch1');
  expect(labels(threePhases, 'Mono')).toBe('U1 U2 U3 Ch1 Ch2');
});

test('a single-phase master', () => {
  expect(labels('M=Ph 1 V | M=Voie1 W | M=Voie2 W', 'Mono')).toBe('U1 Ch1 Ch2');
  expect(labels('M=Ph 1 V | M=Ph 2 V | M=Voie1 W')).toBe('U1 Ch1 Ch2');
});

test('slaves count their own channels from 1, wherever their columns stand', () => {
  expect(labels('M=Ph 1 V | S=Voie1 W | T=Voie1 W | S=Voie2 W | M=Voie1 W', 'Mono')).toBe(
    'U1 Ch1 Ch1 Ch2 Ch1',
  );
});

test("a slave's phase names do not make the master three-phase", () => {
  expect(labels('M=Ph 1 V | M=Voie1 W | S=Ph 2 V | S=Ph 3 V')).toBe('U1 Ch1 Ch1 Ch2');
});

test('channels carry column, device, name, unit and quantity', () => {
  const [, second] = labelChannels('M', ['M', 'S'], ['Ph 1 V', 'Heat pump 2 kWh'], 'Mono');
  expect(second).toEqual({
    column: 1,
    deviceSerial: 'S',
    isMaster: false,
    label: 'Ch1',
    name: 'Heat pump 2',
    unit: 'kWh',
    quantity: 'energy',
  });
});

test.each([
  ['Ph 1 V', 'Ph 1', 'V'],
  ['minipince W', 'minipince', 'W'],
  [' Oven  W ', 'Oven', 'W'],
  ['W', '', 'W'],
  ['Oven', 'Oven', ''],
  ['', '', ''],
])('%j is split into name and unit', (cell, name, unit) => {
  expect(splitLabel(cell)).toEqual({ name, unit });
});

test.each([
  ['V', 'voltage'],
  ['W', 'power'],
  ['A', 'current'],
  ['Wh', 'energy'],
  ['kWh', 'energy'],
  ['Hz', 'frequency'],
  ['furlong', 'unknown'],
  ['', 'unknown'],
])('%j measures %s', (unit, quantity) => {
  expect(quantityOf(unit)).toBe(quantity);
});
