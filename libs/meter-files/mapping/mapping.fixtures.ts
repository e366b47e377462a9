import type { ColumnMapping } from '#libs/contracts';

/** Two channels, one column each, as a logger in Paris writes them. */
export const wideMapping: ColumnMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  skipLines: 0,
  hasHeader: true,
  decimalMark: ',',
  time: { columns: [1], formats: ['DD/MM/YYYY HH:mm'], timeZone: 'Europe/Paris', shiftSeconds: 0 },
  device: 'LOGGER-7',
  noValue: [],
  values: {
    layout: 'wide',
    channels: [
      { column: 2, label: 'Ch1', name: 'Hall', unit: 'W', factor: 1_000 },
      { column: 4, label: 'U1', name: '', unit: 'V', factor: 1 },
    ],
  },
};

/** One line per time and channel. */
export const longMapping: ColumnMapping = {
  ...wideMapping,
  delimiter: ',',
  decimalMark: '.',
  time: { columns: [1, 2], formats: ['iso'], timeZone: 'UTC', shiftSeconds: 0 },
  values: {
    layout: 'long',
    channelColumn: 3,
    valueColumn: 4,
    channels: [
      { key: 'P', label: 'Ch1', name: 'Power', unit: 'W', factor: 1 },
      { key: 'U', label: 'U1', name: 'Voltage', unit: 'V', factor: 1 },
    ],
  },
};
