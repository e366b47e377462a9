import { describe, expect, it } from 'vitest';
import { dayGridFaults } from './tariff-grid.js';
import { seasonIndex } from './tariff-seasons.js';
import type { TariffDocumentInput } from './tariff-schema.js';
import { tariffDocument } from './tariffs.js';

const allDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const spans = [
  { from: '00:00', to: '06:30', period: 'low' },
  { from: '06:30', to: '24:00', period: 'high' },
];
const timeOfUse = {
  kind: 'time-of-use' as const,
  id: 'energy',
  name: 'Energy',
  periods: [
    { id: 'low', name: 'Low' },
    { id: 'high', name: 'High' },
  ],
  grid: [
    { season: 'winter', dayType: 'all', spans },
    { season: 'summer', dayType: 'all', spans },
  ],
  prices: ['winter', 'summer'].flatMap((season) =>
    ['low', 'high'].map((period) => ({ season, period, perKwh: '0.1' })),
  ),
};
const valid: TariffDocumentInput = {
  currency: 'EUR',
  rounding: { when: 'end', mode: 'half-up' },
  seasons: [
    { id: 'winter', name: 'Winter', firstDay: '11-01', lastDay: '02-28' },
    { id: 'summer', name: 'Summer', firstDay: '03-01', lastDay: '10-31' },
  ],
  dayTypes: [{ id: 'all', name: 'All', days: [...allDays] }],
  components: [timeOfUse],
};

/** `path: message` of everything that is wrong. */
function problemsOf(parts: Partial<TariffDocumentInput> | { components: unknown[] }): string[] {
  const result = tariffDocument.safeParse({ ...valid, ...parts });
  return result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

const withGrid = (grid: unknown[]) => problemsOf({ components: [{ ...timeOfUse, grid }] });

describe('tariffDocument', () => {
  it('fills in what may be left out', () => {
    expect(tariffDocument.parse(valid)).toMatchObject({
      holidays: null,
      taxes: [],
      components: [{ seasons: null }],
    });
  });

  it('names gaps and overlaps of the hours by path', () => {
    const [winter, summer] = timeOfUse.grid;
    const wrong = [
      { from: '00:00', to: '06:00', period: 'low' },
      { from: '07:00', to: '12:00', period: 'high' },
      { from: '11:30', to: '23:59', period: 'low' },
      { from: '22:00', to: '06:00', period: 'low' },
    ];
    expect(withGrid([winter, { ...summer, spans: wrong }])).toEqual([
      'components.0.grid.1.spans.2: overlaps another period from 11:30 to 12:00',
      'components.0.grid.1.spans.3.to: must be later than from; a period past midnight is two, one up to 24:00',
      'components.0.grid.1.spans: no period from 06:00 to 07:00',
      'components.0.grid.1.spans: no period from 23:59 to 24:00',
    ]);
    expect(withGrid([winter])).toEqual(['components.0.grid: no hours for summer, all']);
    expect(withGrid([winter, summer, summer])).toEqual([
      'components.0.grid.2.dayType: summer, all: there are two',
    ]);
  });

  it('wants a price for every period of a season, and knows its names', () => {
    const prices = timeOfUse.prices.slice(1);
    expect(problemsOf({ components: [{ ...timeOfUse, prices }] })).toEqual([
      'components.0.prices: no price for winter, low',
    ]);
    const strange = [{ ...timeOfUse.prices[0], season: 'spring' }, ...timeOfUse.prices];
    expect(problemsOf({ components: [{ ...timeOfUse, prices: strange }] })).toEqual([
      'components.0.prices.0.season: there is no season spring',
    ]);
  });

  it('names gaps and overlaps of the seasons', () => {
    const seasons = (lastDay: string) => [
      { id: 'winter', name: 'Winter', firstDay: '11-01', lastDay },
      { id: 'summer', name: 'Summer', firstDay: '03-01', lastDay: '10-31' },
    ];
    expect(problemsOf({ seasons: seasons('02-29') })).toEqual([]);
    expect(problemsOf({ seasons: seasons('02-27') })).toEqual(['seasons: no season has 02-28']);
    expect(problemsOf({ seasons: seasons('03-02') })).toEqual(['seasons.1: overlaps season winter on 03-01']);
    expect(problemsOf({ seasons: seasons('02-30') })).toEqual([
      'seasons.0.lastDay: must be a day of the year',
    ]);
  });

  it('wants every day of the week once, and holidays with a calendar', () => {
    const days = (...list: string[]) => [
      { id: 'all', name: 'All', days: list as (typeof allDays)[number][] },
    ];
    expect(problemsOf({ dayTypes: days(...allDays.slice(1)) })).toEqual(['dayTypes: no day type has Monday']);
    expect(problemsOf({ dayTypes: days(...allDays.slice(0, 6), 'mon', 'sun') })).toEqual([
      'dayTypes.0.days: Monday: in two day types',
    ]);
    expect(problemsOf({ dayTypes: days(...allDays, 'holiday') })).toEqual([
      'holidays: a day type has public holidays: say of which country',
    ]);
    expect(problemsOf({ holidays: { country: 'ZA' } })).toEqual([
      'dayTypes: no day type has public holidays',
    ]);
  });

  it('checks blocks, decimals, names and taxes', () => {
    const blocks = (...limits: (string | null)[]) => ({
      components: [
        {
          kind: 'blocks' as const,
          id: 'energy',
          name: 'Energy',
          blocks: limits.map((upToKwh) => ({ upToKwh, perKwh: '1' })),
        },
      ],
    });
    expect(problemsOf(blocks('100', '400', null))).toEqual([]);
    expect(problemsOf(blocks('400', '100', '500'))).toEqual([
      'components.0.blocks.1.upToKwh: must be more than 400, where the block before ends',
      'components.0.blocks.2.upToKwh: the last block must have no end',
    ]);
    expect(problemsOf(blocks(null, null))).toEqual([
      'components.0.blocks.0.upToKwh: only the last block has no end',
    ]);
    expect(problemsOf(blocks('1e3', null))[0]).toMatch(
      /^components\.0\.blocks\.0\.upToKwh: must be a decimal/u,
    );
    expect(problemsOf({ taxes: [{ id: 'vat', name: 'VAT', percent: '20', on: ['nothing'] }] })).toEqual([
      'taxes.0.on.0: there is no component nothing',
    ]);
    expect(problemsOf({ components: [timeOfUse, timeOfUse] })).toEqual([
      'components.1.id: energy: there are two',
    ]);
    expect(problemsOf({ components: [{ ...timeOfUse, seasons: ['spring'] }] })).toContain(
      'components.0.seasons.0: there is no season spring',
    );
  });
});

it('a season may wrap the year, and February 29 goes with February 28', () => {
  const seasons = tariffDocument.parse(valid).seasons;
  expect(
    ['12-31', '01-01', '02-28', '02-29', '03-01', '10-31'].map((day) => seasonIndex(seasons, day)),
  ).toEqual([0, 0, 0, 0, 1, 1]);
});

it('faults of a day are in minutes', () => {
  expect(dayGridFaults([{ from: '01:00', to: '24:00', period: 'low' }])).toEqual([
    { kind: 'gap', from: 0, to: 60, spans: [] },
  ]);
  expect(dayGridFaults(spans)).toEqual([]);
});
