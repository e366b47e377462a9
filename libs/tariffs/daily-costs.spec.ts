import { describe, expect, it } from 'vitest';
import type { DailyCosts, TariffComponent } from '#libs/contracts';
import { billOf, documentOf, loadOf, type Period } from './bills.fixtures.js';
import type { BillQuestion } from './bill.js';
import { computeDailyCosts } from './daily-costs.js';
import { tariffExamples } from './examples/index.js';
import { startOfDay } from './local-days.js';

const march: Period = { from: '2026-03-01', to: '2026-04-01', timeZone: 'Europe/Paris' };
const later = startOfDay('2030-01-01', 'UTC');

function costsOf(
  period: Period,
  document: BillQuestion['versions'][number]['document'],
  profile: BillQuestion['profile'],
  parts: Partial<BillQuestion & { now: number }> = {},
): DailyCosts {
  return computeDailyCosts({
    ...period,
    versions: [{ id: 'v1', firstDay: '2000-01-01', lastDay: null, document }],
    profile,
    subscribed: { A: '40', kVA: null },
    isHoliday: () => false,
    now: later,
    ...parts,
  });
}

const totalOf = ({ days }: DailyCosts) =>
  days.reduce((sum, { energyAmount, fixedAmount }) => sum + Number(energyAmount) + Number(fixedAmount), 0);

const blocks = [
  {
    kind: 'blocks' as const,
    id: 'energy',
    name: 'Energy',
    blocks: [
      { upToKwh: '310', perKwh: '1' },
      { upToKwh: null, perKwh: '2' },
    ],
  },
];
const daily = (kwh: number) => loadOf(march, () => kwh / 1_440);

describe('the costs of the days of a month', () => {
  it.each(tariffExamples.map(({ id, document }) => ({ id, document })))(
    'add up to its bill with its demand: $id',
    ({ document }) => {
      const profile = loadOf(march, (date, minute) => (minute > 480 ? 0.03 : 0.01) * Number(date.slice(8)));
      const demandIds = new Set(
        document.components.filter(({ kind }) => kind === 'demand').map(({ id }) => id),
      );
      const components: TariffComponent[] = document.components.filter(({ kind }) => kind !== 'demand');
      const taxes = document.taxes.map((tax) => ({
        ...tax,
        on: tax.on?.filter((id) => !demandIds.has(id)) ?? null,
      }));
      const bill = billOf(march, { ...document, components, taxes }, profile, {
        subscribed: { A: '40', kVA: null },
      });
      const costs = costsOf(march, document, profile);
      expect(costs.days).toHaveLength(31);
      expect(totalOf(costs)).toBeCloseTo(Number(bill.total), 1);
      expect(costs.currency).toBe(bill.currency);
      expect(costs.demand).toHaveLength(demandIds.size);
    },
  );

  it('fill the blocks of the month in the order of the days', () => {
    const { days } = costsOf(march, documentOf({ components: blocks }), daily(100));
    expect(days.slice(0, 5).map(({ energyAmount }) => Number(energyAmount))).toEqual([
      100, 100, 100, 190, 200,
    ]);
  });

  it('are the same for a part of the month', () => {
    const document = documentOf({ components: blocks });
    const whole = costsOf(march, document, daily(100));
    const part = costsOf({ ...march, from: '2026-03-03', to: '2026-03-06' }, document, daily(100));
    expect(part.days).toEqual(whole.days.slice(2, 5));
  });

  it('have blocks as large as the part of the month in which a version is valid', () => {
    const document = documentOf({ components: blocks });
    const versions = [
      { id: 'v1', firstDay: '2026-01-01', lastDay: '2026-03-10', document },
      { id: 'v2', firstDay: '2026-03-11', lastDay: null, document },
    ];
    const bill = billOf(march, document, daily(15), { versions });
    const costs = costsOf(march, document, daily(15), { versions });
    expect(totalOf(costs)).toBeCloseTo(Number(bill.total), 4);
    // 10 days have blocks of 100 kWh: the seventh day is partly above.
    expect(Number(costs.days[6]?.energyAmount)).toBeCloseTo(15 + 5, 4);
  });
});

describe('a day', () => {
  const document = documentOf({
    components: [
      { kind: 'levy', id: 'levy', name: 'Levy', perKwh: '0.1' },
      { kind: 'fixed', id: 'base', name: 'Base', per: 'month', amount: '31' },
    ],
    taxes: [{ id: 'vat', name: 'VAT', percent: '20', on: ['levy'] }],
  });

  it('has its energy with taxes, and its part of what is agreed', () => {
    const [first] = costsOf(march, document, daily(100)).days;
    expect(first).toEqual({
      day: '2026-03-01',
      energyKwh: '100',
      energyAmount: '12',
      fixedAmount: '1',
      completeness: 1,
    });
  });

  it('costs no 0 where nothing was measured', () => {
    const profile = daily(100);
    profile.active.covered.fill(0, 0, 1_440 + 720);
    profile.active.amount.fill(0, 0, 1_440 + 720);
    const [first, second] = costsOf(march, document, profile).days;
    expect(first).toMatchObject({ energyKwh: null, energyAmount: null, fixedAmount: '1', completeness: 0 });
    expect(second).toMatchObject({ energyKwh: '50', energyAmount: '6', completeness: 0.5 });
  });

  it('without a version has no cost, and is named', () => {
    const versions = [{ id: 'v1', firstDay: '2026-03-03', lastDay: null, document }];
    const { days, problems } = costsOf(march, document, daily(100), { versions });
    expect(days[1]).toMatchObject({ energyKwh: '100', energyAmount: null, fixedAmount: null });
    expect(problems).toEqual([{ code: 'NO_TARIFF_VERSION', from: '2026-03-01', to: '2026-03-03' }]);
  });

  it('that runs is measured up to now, and none is later', () => {
    const profile = daily(100);
    const now = startOfDay('2026-03-02', march.timeZone) + 720;
    profile.active.covered.fill(0, 1_440 + 720);
    const { days } = costsOf(march, document, profile, { now });
    expect(days.map(({ day, completeness }) => [day, completeness])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 1],
    ]);
  });

  it('of 23 hours has the energy of 23', () => {
    const { days } = costsOf(
      march,
      document,
      loadOf(march, () => 1),
    );
    expect(days[28]).toMatchObject({ day: '2026-03-29', energyKwh: '1380', energyAmount: '165.6' });
  });

  it('is not charged by what the site has not subscribed, which is said once', () => {
    const capacity = documentOf({
      components: [
        {
          kind: 'capacity',
          id: 'amps',
          name: 'Amps',
          per: 'month',
          unit: 'A',
          perUnit: '8',
          quantity: null,
        },
      ],
    });
    const unknown = costsOf(march, capacity, daily(1), { subscribed: { A: null, kVA: null } });
    expect(unknown.problems).toEqual([{ code: 'SUBSCRIPTION_UNKNOWN', component: 'amps', month: '2026-03' }]);
    expect(totalOf(costsOf(march, capacity, daily(1)))).toBeCloseTo(320, 3);
  });
});
