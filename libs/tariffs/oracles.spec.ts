import { describe, expect, it } from 'vitest';
import { billOf, documentOf, linesOf, loadOf, steadyLoad, type Period } from './bills.fixtures.js';
import { tariffExamples } from './examples/index.js';

/** Bills that were worked out by others: regulators, municipalities, suppliers. */

function example(id: string) {
  const found = tariffExamples.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no example ${id}`);
  return found.document;
}

const july: Period = { from: '2018-07-01', to: '2018-08-01', timeZone: 'Africa/Johannesburg' };

describe('Tshwane, July 2018: blocks and VAT', () => {
  const document = example('za-tshwane-domestic-2018');

  it('730 kWh are R 1,434.47', () => {
    const bill = billOf(july, document, steadyLoad(july, 730));
    expect(linesOf(bill)).toEqual([
      '100 × 1.4178 = 141.78',
      '300 × 1.6592 = 497.76',
      '250 × 1.8077 = 451.925',
      '80 × 1.9488 = 155.904',
      '1247.369 × 0.15 = 187.10535',
    ]);
    expect(bill).toMatchObject({ currency: 'ZAR', total: '1434.47', completeness: 1, problems: [] });
  });

  it('647.5 kWh are R 1,249.99', () => {
    expect(billOf(july, document, steadyLoad(july, 647.5)).total).toBe('1249.99');
  });
});

describe('Erongo RED: blocks, breaker and levies', () => {
  it('850 kWh at 40 A are N$ 1,777.93', () => {
    const period = { ...july, timeZone: 'Africa/Windhoek' };
    const bill = billOf(period, example('na-erongo-red-domestic'), steadyLoad(period, 850), {
      subscribed: { A: '40', kVA: null },
    });
    expect(linesOf(bill)).toEqual([
      '250 × 1.56 = 390',
      '500 × 1.68 = 840',
      '100 × 2.06 = 206',
      '40 × 8 = 320',
      '850 × 0.015 = 12.75',
      '850 × 0.0108 = 9.18',
    ]);
    expect(bill).toMatchObject({ currency: 'NAD', total: '1777.93', tax: '0' });
  });
});

describe('Seymour: seasonal blocks, power cost, base charge and tax, rounded line by line', () => {
  const seasons = [
    { id: 'winter', name: 'Winter', firstDay: '10-01', lastDay: '05-31' },
    { id: 'summer', name: 'Summer', firstDay: '06-01', lastDay: '09-30' },
  ];
  const document = documentOf({
    currency: 'USD',
    rounding: { when: 'line', mode: 'half-up' },
    seasons,
    components: [
      {
        kind: 'blocks',
        id: 'winter',
        name: 'Distribution',
        seasons: ['winter'],
        blocks: [
          { upToKwh: '250', perKwh: '0.064' },
          { upToKwh: '700', perKwh: '0.049' },
          { upToKwh: null, perKwh: '0.0446' },
        ],
      },
      {
        kind: 'blocks',
        id: 'summer',
        name: 'Distribution',
        seasons: ['summer'],
        blocks: [
          { upToKwh: '250', perKwh: '0.064' },
          { upToKwh: '700', perKwh: '0.049' },
          { upToKwh: '1250', perKwh: '0.0475' },
          { upToKwh: null, perKwh: '0.0446' },
        ],
      },
      { kind: 'levy', id: 'power-cost', name: 'Power cost', perKwh: '0.085' },
      { kind: 'fixed', id: 'base', name: 'Base charge', per: 'month', amount: '7.50' },
    ],
    taxes: [{ id: 'tax', name: 'Tax', percent: '1' }],
  });

  it('1,200 kWh in winter are $171.55', () => {
    const period = { from: '2026-01-01', to: '2026-02-01', timeZone: 'America/Chicago' };
    const bill = billOf(period, document, steadyLoad(period, 1_200));
    expect(linesOf(bill)).toEqual([
      '250 × 0.064 = 16',
      '450 × 0.049 = 22.05',
      '500 × 0.0446 = 22.3',
      '1200 × 0.085 = 102',
      '1 × 7.5 = 7.5',
      '169.85 × 0.01 = 1.7',
    ]);
    expect(bill.total).toBe('171.55');
  });

  it('2,000 kWh in summer are $277.88', () => {
    const period = { from: '2026-07-01', to: '2026-08-01', timeZone: 'America/Chicago' };
    const bill = billOf(period, document, steadyLoad(period, 2_000));
    expect(linesOf(bill)).toEqual([
      '250 × 0.064 = 16',
      '450 × 0.049 = 22.05',
      '550 × 0.0475 = 26.13',
      '750 × 0.0446 = 33.45',
      '2000 × 0.085 = 170',
      '1 × 7.5 = 7.5',
      '275.13 × 0.01 = 2.75',
    ]);
    expect(bill.total).toBe('277.88');
  });
});

describe('myTNB: two blocks', () => {
  it('350 kWh are 87.00 and 76.35', () => {
    const period = { from: '2026-04-01', to: '2026-05-01', timeZone: 'Asia/Kuala_Lumpur' };
    const document = documentOf({
      currency: 'MYR',
      components: [
        {
          kind: 'blocks',
          id: 'energy',
          name: 'Energy',
          blocks: [
            { upToKwh: '200', perKwh: '0.435' },
            { upToKwh: null, perKwh: '0.509' },
          ],
        },
      ],
    });
    const bill = billOf(period, document, steadyLoad(period, 350));
    expect(linesOf(bill)).toEqual(['200 × 0.435 = 87', '150 × 0.509 = 76.35']);
    expect(bill.total).toBe('163.35');
  });
});

describe('French regulated tariff with off-peak hours, 6 kVA, tax included', () => {
  it('4,000 kWh in peak and 2,000 kWh in off-peak hours of a year are € 1,364.92', () => {
    const year = { from: '2026-01-01', to: '2027-01-01', timeZone: 'Europe/Paris' };
    const isOffPeak = (minute: number) => (minute >= 90 && minute < 450) || (minute >= 746 && minute < 866);
    const count = (off: boolean) =>
      loadOf(year, (_, minute) => (isOffPeak(minute) === off ? 1 : 0)).active.amount.reduce((a, b) => a + b);
    const [peakMinutes, offPeakMinutes] = [count(false), count(true)];
    const load = loadOf(year, (_, minute) =>
      isOffPeak(minute) ? 2_000 / offPeakMinutes : 4_000 / peakMinutes,
    );
    const bill = billOf(year, example('fr-hp-hc-6-kva'), load);
    expect(bill.total).toBe('1364.92');
    expect(bill.lines).toHaveLength(12 * 3);
    const subscription = bill.lines.filter(({ component }) => component === 'subscription');
    expect(subscription.every(({ quantity, amount }) => quantity === '1' && amount === '15.86')).toBe(true);
  });
});

describe('demand', () => {
  it('2,000 kWh in one half-hour are 4,000 kW', () => {
    const document = documentOf({
      components: [
        { kind: 'demand', id: 'demand', name: 'Demand', unit: 'kW', intervalMinutes: 30, perUnit: '1' },
      ],
    });
    const load = loadOf(july, (date, minute) =>
      date === '2018-07-17' && minute >= 600 && minute < 630 ? 2_000 / 30 : 0.01,
    );
    expect(linesOf(billOf(july, document, load))).toEqual(['4000 × 1 = 4000']);
  });
});
