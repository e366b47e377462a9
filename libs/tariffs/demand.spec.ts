import { describe, expect, it } from 'vitest';
import { billOf, documentOf, linesOf, loadOf, type Period } from './bills.fixtures.js';
import { emptySeries } from './load-profile.js';

const march: Period = { from: '2026-03-01', to: '2026-04-01', timeZone: 'Europe/Paris' };

describe('demand', () => {
  const demand = (parts: object) =>
    documentOf({
      components: [
        {
          kind: 'demand',
          id: 'demand',
          name: 'Demand',
          unit: 'kW',
          intervalMinutes: 15,
          perUnit: '10',
          ...parts,
        },
      ],
    });
  /** 120 kW for 15 minutes from 10:05, which two quarters of an hour share, and 6 kW else. */
  const peaky = (period: Period) =>
    loadOf(period, (date, minute) => (date === '2026-03-12' && minute >= 605 && minute < 620 ? 2 : 0.1));

  it('is the highest average of the intervals of the clock', () => {
    const quarter = billOf(march, demand({}), peaky(march));
    expect(linesOf(quarter)).toEqual(['82 × 10 = 820']);
    const half = billOf(march, demand({ intervalMinutes: 30 }), peaky(march));
    expect(linesOf(half)).toEqual(['63 × 10 = 630']);
  });

  it('is billed by days in a part of a month', () => {
    const part = { ...march, to: '2026-03-21' };
    expect(billOf(part, demand({}), peaky(part)).lines[0]?.quantity).toBe('52.90322578');
  });

  it('in kVA is of apparent power, else of both others, else a problem', () => {
    const load = loadOf(march, () => 0.3);
    const series = (amount: number) => {
      const one = emptySeries(load.minutes);
      one.channels = 1;
      one.amount.fill(amount);
      one.covered.fill(1);
      return one;
    };
    const document = demand({ unit: 'kVA' });
    const measured = billOf(march, document, { ...load, apparent: series(0.6), reactive: series(0.4) });
    expect(measured.lines[0]).toMatchObject({ quantity: '36', unit: 'kVA·month', isIncomplete: false });
    expect(billOf(march, document, { ...load, reactive: series(0.4) }).lines[0]?.quantity).toBe('30');
    const unknown = billOf(march, document, load);
    expect(unknown.lines).toEqual([]);
    expect(unknown.problems).toEqual([
      { code: 'DEMAND_NOT_MEASURED', component: 'demand', month: '2026-03' },
    ]);
  });

  it('with a ratchet is at least a share of the months before', () => {
    const long = { ...march, from: '2025-12-01', to: '2026-06-01' };
    const document = demand({ ratchet: { months: 2, share: '0.8' } });
    const bill = billOf({ ...march, to: '2026-06-01' }, document, peaky(long));
    // March has the peak; April and May are billed 80 % of it.
    expect(bill.lines.map(({ quantity, ratchet }) => [quantity, ratchet])).toEqual([
      ['82', null],
      ['65.6', { month: '2026-03', peak: '82' }],
      ['65.6', { month: '2026-03', peak: '82' }],
    ]);
    const later = { ...march, from: '2026-06-01', to: '2026-07-01' };
    const june = billOf(later, document, peaky({ ...later, from: '2025-12-01' }));
    expect(june.lines[0]).toMatchObject({ quantity: '6', ratchet: null });
  });
});
