import { describe, expect, it } from 'vitest';
import { MixedCurrenciesError } from './bill.js';
import { billOf, documentOf, linesOf, loadOf, steadyLoad, type Period } from './bills.fixtures.js';

const march: Period = { from: '2026-03-01', to: '2026-04-01', timeZone: 'Europe/Paris' };
const flat = (perKwh: string) =>
  documentOf({ components: [{ kind: 'levy', id: 'energy', name: 'Energy', perKwh }] });

describe('time of use', () => {
  const nights = documentOf({
    components: [
      {
        kind: 'time-of-use',
        id: 'energy',
        name: 'Energy',
        periods: [
          { id: 'day', name: 'Day' },
          { id: 'night', name: 'Night' },
        ],
        grid: [
          {
            season: 'year',
            dayType: 'all',
            spans: [
              { from: '00:00', to: '02:30', period: 'night' },
              { from: '02:30', to: '24:00', period: 'day' },
            ],
          },
        ],
        prices: [
          { season: 'year', period: 'day', perKwh: '2' },
          { season: 'year', period: 'night', perKwh: '1' },
        ],
      },
    ],
  });
  const dayOf = (date: string, next: string) => ({ from: date, to: next, timeZone: 'Europe/Paris' });

  it.each([
    ['of 24 hours', dayOf('2026-03-28', '2026-03-29'), '21.5', '2.5'],
    ['of 23 hours, without 02:00 to 03:00', dayOf('2026-03-29', '2026-03-30'), '21', '2'],
    ['of 25 hours, with 02:00 to 03:00 twice', dayOf('2026-10-25', '2026-10-26'), '22', '3'],
  ])('goes by the clock on a day %s', (_, day, dayKwh, nightKwh) => {
    const bill = billOf(
      day,
      nights,
      loadOf(day, () => 1 / 60),
    );
    expect(bill.lines.map(({ detail, quantity }) => [detail, quantity])).toEqual([
      ['Day', dayKwh],
      ['Night', nightKwh],
    ]);
    expect(bill.completeness).toBe(1);
  });

  it('takes public holidays and seasons for what they are, also a season that wraps the year', () => {
    const prices = (season: string, work: string, rest: string) => [
      { season, period: 'work', perKwh: work },
      { season, period: 'rest', perKwh: rest },
    ];
    const grid = (season: string) => [
      { season, dayType: 'work', spans: [{ from: '00:00', to: '24:00', period: 'work' }] },
      { season, dayType: 'rest', spans: [{ from: '00:00', to: '24:00', period: 'rest' }] },
    ];
    const document = documentOf({
      holidays: { country: 'FR' },
      seasons: [
        { id: 'summer', name: 'Summer', firstDay: '04-01', lastDay: '10-31' },
        { id: 'winter', name: 'Winter', firstDay: '11-01', lastDay: '03-31' },
      ],
      dayTypes: [
        { id: 'work', name: 'Work', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
        { id: 'rest', name: 'Rest', days: ['sun', 'holiday'] },
      ],
      components: [
        {
          kind: 'time-of-use',
          id: 'energy',
          name: 'Energy',
          periods: [
            { id: 'work', name: 'Work' },
            { id: 'rest', name: 'Rest' },
          ],
          grid: [...grid('winter'), ...grid('summer')],
          prices: [...prices('winter', '4', '3'), ...prices('summer', '2', '1')],
        },
      ],
    });
    // Wednesday to Wednesday; April 6 is Easter Monday.
    const period = { from: '2026-03-30', to: '2026-04-08', timeZone: 'Europe/Paris' };
    const bill = billOf(
      period,
      document,
      loadOf(period, () => 1 / 1_440),
      {
        isHoliday: ({ country }, date) => country === 'FR' && date === '2026-04-06',
      },
    );
    expect(bill.lines.map(({ from, to, detail, quantity }) => [from, to, detail, quantity])).toEqual([
      ['2026-03-30', '2026-04-01', 'Work, Winter', '2'],
      ['2026-03-30', '2026-04-01', 'Rest, Winter', '0'],
      ['2026-04-01', '2026-04-08', 'Work, Summer', '5'],
      ['2026-04-01', '2026-04-08', 'Rest, Summer', '2'],
    ]);
  });
});

describe('a part of a month', () => {
  const half = { ...march, from: '2026-03-17' };

  it('has its share of blocks, of what is by the month, and of the agreed capacity', () => {
    const document = documentOf({
      components: [
        {
          kind: 'blocks',
          id: 'energy',
          name: 'Energy',
          blocks: [
            { upToKwh: '310', perKwh: '1' },
            { upToKwh: null, perKwh: '2' },
          ],
        },
        { kind: 'fixed', id: 'month', name: 'Month', per: 'month', amount: '31' },
        { kind: 'fixed', id: 'day', name: 'Day', per: 'day', amount: '0.5' },
        {
          kind: 'capacity',
          id: 'amps',
          name: 'Amps',
          per: 'month',
          unit: 'A',
          perUnit: '3.1',
          quantity: '40',
        },
        { kind: 'capacity', id: 'kva', name: 'kVA', per: 'day', unit: 'kVA', perUnit: '2', quantity: null },
      ],
    });
    const bill = billOf(half, document, steadyLoad(half, 200), { subscribed: { A: '99', kVA: '6' } });
    expect(bill.lines.map(({ quantity, unit }) => `${quantity} ${unit}`)).toEqual([
      '150 kWh',
      '50 kWh',
      '0.48387097 month',
      '15 day',
      '19.3548388 A·month',
      '90 kVA·day',
    ]);
    expect(bill.lines[0]?.detail).toBe('0–150 kWh');
  });

  it('names what the site has not subscribed, and bills no line for it', () => {
    const document = documentOf({
      components: [
        { kind: 'capacity', id: 'amps', name: 'Amps', per: 'month', unit: 'A', perUnit: '3', quantity: null },
      ],
    });
    const bill = billOf(march, document, steadyLoad(march, 1));
    expect(bill.lines).toEqual([]);
    expect(bill.problems).toEqual([{ code: 'SUBSCRIPTION_UNKNOWN', component: 'amps', month: '2026-03' }]);
  });
});

describe('versions', () => {
  it('that change in mid-period split the bill, and each line names its version', () => {
    const period = { ...march, to: '2026-05-01' };
    const bill = billOf(
      period,
      flat('1'),
      loadOf(period, () => 1 / 1_440),
      {
        versions: [
          { id: 'old', firstDay: '2025-01-01', lastDay: '2026-04-10', document: flat('1') },
          { id: 'new', firstDay: '2026-04-11', lastDay: null, document: flat('2') },
        ],
      },
    );
    expect(bill.lines.map(({ from, to, versionId, rate }) => [from, to, versionId, rate])).toEqual([
      ['2026-03-01', '2026-04-01', 'old', '1'],
      ['2026-04-01', '2026-04-11', 'old', '1'],
      ['2026-04-11', '2026-05-01', 'new', '2'],
    ]);
    expect(bill.problems).toEqual([]);
  });

  it('that leave days out are said to, and the days are not billed', () => {
    const bill = billOf(march, flat('1'), steadyLoad(march, 31), {
      versions: [{ id: 'late', firstDay: '2026-03-11', lastDay: '2026-03-20', document: flat('1') }],
    });
    expect(bill.problems).toEqual([
      { code: 'NO_TARIFF_VERSION', from: '2026-03-01', to: '2026-03-11' },
      { code: 'NO_TARIFF_VERSION', from: '2026-03-21', to: '2026-04-01' },
    ]);
    expect(bill.lines).toHaveLength(1);
    expect(billOf(march, flat('1'), steadyLoad(march, 31), { versions: [] })).toMatchObject({
      currency: null,
      lines: [],
      total: '0',
    });
  });

  it('in two currencies have no sum', () => {
    const rand = documentOf({ currency: 'ZAR', components: flat('1').components });
    const versions = [
      { id: 'old', firstDay: '2025-01-01', lastDay: '2026-03-10', document: flat('1') },
      { id: 'new', firstDay: '2026-03-11', lastDay: null, document: rand },
    ];
    expect(() => billOf(march, rand, steadyLoad(march, 1), { versions })).toThrow(MixedCurrenciesError);
  });
});

describe('taxes and rounding', () => {
  it('are taken of the components that they name', () => {
    const document = documentOf({
      components: [
        { kind: 'levy', id: 'energy', name: 'Energy', perKwh: '0.005' },
        { kind: 'levy', id: 'rebate', name: 'Rebate', perKwh: '-0.001' },
        { kind: 'fixed', id: 'base', name: 'Base', per: 'month', amount: '10' },
      ],
      taxes: [
        { id: 'low', name: 'Low', percent: '5.5', on: ['base'] },
        { id: 'high', name: 'High', percent: '20', on: ['energy', 'rebate'] },
      ],
    });
    const bill = billOf(march, document, steadyLoad(march, 1_000));
    expect(linesOf(bill)).toEqual([
      '1000 × 0.005 = 5',
      '1000 × -0.001 = -1',
      '1 × 10 = 10',
      '10 × 0.055 = 0.55',
      '4 × 0.2 = 0.8',
    ]);
    expect([bill.net, bill.tax, bill.total]).toEqual(['14', '1.35', '15.35']);
  });

  it.each([
    ['half-up', 1, '0.01'],
    ['half-up', 3, '0.02'],
    ['half-even', 1, '0'],
    ['half-even', 3, '0.02'],
    ['down', 3, '0.01'],
  ] as const)('rounds a line %s: %d kWh at 0.005', (mode, kwh, amount) => {
    const document = documentOf({ rounding: { when: 'line', mode }, components: flat('0.005').components });
    expect(billOf(march, document, steadyLoad(march, kwh)).lines[0]?.amount).toBe(amount);
  });

  it('rounds as the currency is counted, and a credit as a charge', () => {
    const yen = documentOf({ currency: 'JPY', components: flat('-0.5').components });
    expect(billOf(march, yen, steadyLoad(march, 3)).total).toBe('-2');
    const dinar = documentOf({ currency: 'KWD', components: flat('0.0005').components });
    expect(billOf(march, dinar, steadyLoad(march, 1)).total).toBe('0.001');
  });
});

describe('what was not measured', () => {
  it('is listed, and marks the lines that depend on it', () => {
    const document = documentOf({
      components: [
        { kind: 'levy', id: 'energy', name: 'Energy', perKwh: '1' },
        { kind: 'fixed', id: 'base', name: 'Base', per: 'month', amount: '10' },
      ],
      taxes: [{ id: 'tax', name: 'Tax', percent: '10', on: ['energy'] }],
    });
    const load = steadyLoad(march, 310);
    load.active.covered.fill(0, 600, 660);
    const bill = billOf(march, document, load);
    expect(bill.missing).toEqual([{ from: '2026-03-01T09:00:00.000Z', to: '2026-03-01T10:00:00.000Z' }]);
    expect(bill.completeness).toBeCloseTo(1 - 60 / (31 * 1_440 - 60), 9);
    expect(bill.lines.map(({ component, isIncomplete }) => [component, isIncomplete])).toEqual([
      ['energy', true],
      ['base', false],
      ['tax', true],
    ]);
  });

  it('is counted where it is too much to list', () => {
    const load = steadyLoad(march, 1);
    for (let minute = 0; minute < load.minutes; minute += 2) load.active.covered[minute] = 0;
    const bill = billOf(march, flat('1'), load);
    expect([bill.missing.length, bill.missingCount]).toEqual([500, load.minutes / 2]);
  });
});
