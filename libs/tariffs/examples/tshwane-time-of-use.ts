import type { TariffExampleInput } from './example.js';

const weekday = (morning: 'early' | 'late') => [
  { from: '00:00', to: '06:00', period: 'off-peak' },
  ...(morning === 'early'
    ? [
        { from: '06:00', to: '09:00', period: 'peak' },
        { from: '09:00', to: '17:00', period: 'standard' },
        { from: '17:00', to: '19:00', period: 'peak' },
        { from: '19:00', to: '22:00', period: 'standard' },
      ]
    : [
        { from: '06:00', to: '07:00', period: 'standard' },
        { from: '07:00', to: '10:00', period: 'peak' },
        { from: '10:00', to: '18:00', period: 'standard' },
        { from: '18:00', to: '20:00', period: 'peak' },
        { from: '20:00', to: '22:00', period: 'standard' },
      ]),
  { from: '22:00', to: '24:00', period: 'off-peak' },
];
const saturday = [
  { from: '00:00', to: '07:00', period: 'off-peak' },
  { from: '07:00', to: '12:00', period: 'standard' },
  { from: '12:00', to: '18:00', period: 'off-peak' },
  { from: '18:00', to: '20:00', period: 'standard' },
  { from: '20:00', to: '24:00', period: 'off-peak' },
];
const sunday = [{ from: '00:00', to: '24:00', period: 'off-peak' }];

const gridOf = (season: string, morning: 'early' | 'late') => [
  { season, dayType: 'weekday', spans: weekday(morning) },
  { season, dayType: 'saturday', spans: saturday },
  { season, dayType: 'sunday', spans: sunday },
];

/**
 * A municipal time-of-use tariff for larger customers, as South African ones are built: a dear winter from June to August,
 * peaks on weekdays, public holidays as Sundays, demand in kVA by half-hours with a ratchet. Prices are round figures.
 */
export const tshwaneTimeOfUse: TariffExampleInput = {
  id: 'za-municipal-time-of-use',
  municipality: 'City of Tshwane',
  name: 'Time of use with demand (pattern)',
  timeZone: 'Africa/Johannesburg',
  firstDay: '2025-07-01',
  lastDay: null,
  document: {
    currency: 'ZAR',
    rounding: { when: 'line', mode: 'half-up' },
    holidays: { country: 'ZA' },
    seasons: [
      { id: 'high', name: 'High demand', firstDay: '06-01', lastDay: '08-31' },
      { id: 'low', name: 'Low demand', firstDay: '09-01', lastDay: '05-31' },
    ],
    dayTypes: [
      { id: 'weekday', name: 'Weekdays', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      { id: 'saturday', name: 'Saturdays', days: ['sat'] },
      { id: 'sunday', name: 'Sundays and public holidays', days: ['sun', 'holiday'] },
    ],
    components: [
      {
        kind: 'time-of-use',
        id: 'energy',
        name: 'Active energy',
        periods: [
          { id: 'peak', name: 'Peak' },
          { id: 'standard', name: 'Standard' },
          { id: 'off-peak', name: 'Off-peak' },
        ],
        grid: [...gridOf('high', 'early'), ...gridOf('low', 'late')],
        prices: [
          { season: 'high', period: 'peak', perKwh: '6.20' },
          { season: 'high', period: 'standard', perKwh: '1.95' },
          { season: 'high', period: 'off-peak', perKwh: '1.15' },
          { season: 'low', period: 'peak', perKwh: '2.10' },
          { season: 'low', period: 'standard', perKwh: '1.50' },
          { season: 'low', period: 'off-peak', perKwh: '1.05' },
        ],
      },
      {
        kind: 'demand',
        id: 'demand',
        name: 'Network demand',
        unit: 'kVA',
        intervalMinutes: 30,
        perUnit: '210.00',
        ratchet: { months: 11, share: '0.7' },
      },
      { kind: 'fixed', id: 'service', name: 'Service charge', per: 'day', amount: '95.50' },
      { kind: 'levy', id: 'rural', name: 'Electrification levy', perKwh: '0.1219' },
    ],
    taxes: [{ id: 'vat', name: 'VAT', percent: '15' }],
  },
};
