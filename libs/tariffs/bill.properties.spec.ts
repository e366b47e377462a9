import { describe, expect, it } from 'vitest';
import type { TariffDocumentInput } from '#libs/contracts';
import { Random } from '../../test/faults/fleet/random.js';
import { billOf, documentOf, type Period } from './bills.fixtures.js';
import { integratePower } from './integration.js';
import { emptySeries, type LoadProfile } from './load-profile.js';
import { localDays } from './local-days.js';
import { clockOfMinute } from '#libs/contracts';

/** Periods with a 23-hour day, a 25-hour day, half an hour more, and no change at all. */
const periods: Period[] = [
  { from: '2026-03-20', to: '2026-04-05', timeZone: 'Europe/Paris' },
  { from: '2026-10-20', to: '2026-11-03', timeZone: 'Europe/Paris' },
  { from: '2026-10-28', to: '2026-11-09', timeZone: 'America/New_York' },
  { from: '2026-04-01', to: '2026-04-12', timeZone: 'Australia/Lord_Howe' },
  { from: '2026-03-18', to: '2026-03-26', timeZone: 'Asia/Kathmandu' },
  { from: '2026-04-20', to: '2026-04-28', timeZone: 'Africa/Cairo' },
];

const names = ['a', 'b', 'c'];

/** A day cut at random minutes. */
function randomSpans(random: Random) {
  const cuts = Array.from({ length: random.integer(0, 8) }, () => random.integer(1, 1_439));
  const edges = [...new Set([0, ...cuts, 1_440])].toSorted((a, b) => a - b);
  return edges.slice(1).map((to, index) => ({
    from: clockOfMinute(edges[index] ?? 0),
    to: clockOfMinute(to),
    period: random.pick(names),
  }));
}

function randomGrid(random: Random, id: string): TariffDocumentInput['components'][number] {
  const dayTypes = ['work', 'rest'];
  const seasons = ['s1', 's2'];
  return {
    kind: 'time-of-use',
    id,
    name: id,
    periods: names.map((period) => ({ id: period, name: period })),
    grid: seasons.flatMap((season) =>
      dayTypes.map((dayType) => ({ season, dayType, spans: randomSpans(random) })),
    ),
    prices: seasons.flatMap((season) =>
      names.map((period) => ({ season, period, perKwh: String(random.integer(1, 400) / 1_000) })),
    ),
  };
}

function randomDocument(random: Random) {
  return documentOf({
    seasons: [
      { id: 's1', name: 'One', firstDay: '10-25', lastDay: '03-24' },
      { id: 's2', name: 'Two', firstDay: '03-25', lastDay: '10-24' },
    ],
    dayTypes: [
      { id: 'work', name: 'Work', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      { id: 'rest', name: 'Rest', days: ['sat', 'sun'] },
    ],
    components: [
      randomGrid(random, 'energy'),
      randomGrid(random, 'network'),
      { kind: 'levy', id: 'levy', name: 'Levy', perKwh: '-0.01' },
    ],
  });
}

/** Samples at odd times with gaps; also the energy that they mean, summed sample by sample. */
function randomLoad(random: Random, period: Period): { load: LoadProfile; kwh: number; coveredMs: number } {
  const days = localDays(period.from, period.to, period.timeZone);
  const start = days[0]?.start ?? 0;
  const end = days.at(-1)?.end ?? 0;
  const load = { start, minutes: end - start, active: emptySeries(end - start) };
  const periodMs = random.pick([60_000, 600_000, 37_000]);
  const holdMs = 2 * periodMs;
  const channel = integratePower({ series: load.active, startMinute: start, holdMs, kilo: 0.001 });
  let kwh = 0;
  let coveredMs = 0;
  for (let at = start * 60_000; at < end * 60_000;) {
    const jitter = random.integer(1, periodMs);
    const next = at + (random.chance(0.01) ? random.integer(1, 200) * periodMs : periodMs + jitter - 1);
    const watts = random.next() * 9_000 - 1_000;
    const heldMs = Math.min(next - at, holdMs, end * 60_000 - at);
    channel.add(at, watts);
    kwh += (watts * heldMs) / 3.6e9;
    coveredMs += heldMs;
    at = next;
  }
  channel.finish();
  return { load, kwh, coveredMs };
}

const sumOf = (bill: ReturnType<typeof billOf>, component: string) =>
  bill.lines
    .filter((line) => line.component === component)
    .reduce((total, { quantity }) => total + Math.round(Number(quantity) * 1e6), 0);

describe.each(periods)('$timeZone from $from', (period) => {
  it.each(Array.from({ length: 8 }, (_, index) => 1_000 + index))(
    'bills each kWh once, whatever the grid, the gaps and the clock (seed %i)',
    (seed) => {
      const random = new Random(seed);
      const { load, kwh, coveredMs } = randomLoad(random, period);
      const bill = billOf(period, randomDocument(random), load);
      expect(sumOf(bill, 'energy')).toBe(sumOf(bill, 'levy'));
      expect(sumOf(bill, 'network')).toBe(sumOf(bill, 'levy'));
      // Each cell is rounded to a mWh.
      expect(Math.abs(sumOf(bill, 'levy') / 1e6 - kwh)).toBeLessThan(1e-4);
      expect(bill.completeness).toBeCloseTo(coveredMs / (load.minutes * 60_000), 9);
      expect(bill.missingCount > 0).toBe(bill.completeness < 1);
    },
  );

  it.each([1, 2, 3])('has the same energy in two bills as in one (seed %i)', (seed) => {
    const random = new Random(seed);
    const { load } = randomLoad(random, period);
    const document = randomDocument(random);
    const days = localDays(period.from, period.to, period.timeZone);
    const cut = days[random.integer(1, days.length - 1)]?.date ?? period.to;
    const whole = billOf(period, document, load);
    const parts = [
      billOf({ ...period, to: cut }, document, load),
      billOf({ ...period, from: cut }, document, load),
    ];
    for (const component of ['energy', 'network', 'levy']) {
      const both = parts.reduce((total, part) => total + sumOf(part, component), 0);
      // Whole numbers of mWh: at most half of one for each of the few cells of a bill.
      expect(Math.abs(both - sumOf(whole, component))).toBeLessThan(80);
    }
    const sum = parts.reduce((total, { energyKwh }) => total + Number(energyKwh), 0);
    expect(Math.abs(sum - Number(whole.energyKwh))).toBeLessThan(3e-6);
  });
});
