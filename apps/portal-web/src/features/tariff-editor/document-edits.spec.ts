import { describe, expect, it } from 'vitest';
import { tariffDocument, type TariffDocument, type TimeOfUseComponent } from '#libs/contracts';
import {
  addDayType,
  addPeriod,
  addSeason,
  freeId,
  moveDay,
  removeComponent,
  removeDayType,
  removePeriod,
  removeSeason,
} from './document-edits.js';
import { componentKinds, emptyDocument, newComponent } from './new-components.js';

const names = { year: 'Year', days: 'All days', energy: 'Energy' };
const empty = emptyDocument(names);

function problemsOf(document: TariffDocument): string[] {
  return (
    tariffDocument
      .safeParse(document)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  );
}

function timeOfUse({ components }: TariffDocument): TimeOfUseComponent {
  const component = components[0];
  if (component?.kind !== 'time-of-use') throw new Error('the first component is no time of use');
  return component;
}

describe('a new document', () => {
  it('is valid, and so is each kind of charge added to it', () => {
    expect(problemsOf(empty)).toEqual([]);
    for (const kind of componentKinds) {
      const component = newComponent(kind, 'New', empty);
      expect(problemsOf({ ...empty, components: [...empty.components, component] }), kind).toEqual([]);
    }
  });
});

describe('seasons', () => {
  it('come with hours and prices, and take them along', () => {
    const two = addSeason(empty, 'Winter');
    expect(problemsOf(two)).toEqual(['seasons.1: overlaps season season-1 on 01-01']);
    expect(timeOfUse(two).grid).toHaveLength(2);
    expect(timeOfUse(two).prices).toHaveLength(2);
    const levy = { ...newComponent('levy', 'Levy', two), seasons: ['season-2'] };
    const one = removeSeason({ ...two, components: [...two.components, levy] }, 'season-2');
    expect(problemsOf(one)).toEqual([]);
    expect(one.components[1]?.seasons).toBeNull();
  });
});

describe('day types', () => {
  it('come with hours, and a day is in one of them', () => {
    const two = addDayType(empty, 'Sundays');
    expect(problemsOf(two)).toEqual([]);
    expect(timeOfUse(two).grid).toHaveLength(2);
    const moved = moveDay(two, 'day-type-2', ['sun']);
    expect(moved.dayTypes.map(({ days }) => days.length)).toEqual([6, 1]);
    expect(problemsOf(moved)).toEqual([]);
    const gone = removeDayType(moved, 'day-type-2');
    expect(problemsOf(gone)).toEqual(['dayTypes: no day type has Sunday']);
    expect(timeOfUse(gone).grid).toHaveLength(1);
  });
});

describe('periods and charges', () => {
  it('leave no name behind', () => {
    const more = addPeriod(timeOfUse(empty), empty.seasons, 'Peak');
    expect(more.periods.map(({ id }) => id)).toEqual(['period-1', 'period-2']);
    expect(problemsOf({ ...empty, components: [more] })).toEqual([]);
    const less = removePeriod(more, 'period-1');
    expect(problemsOf({ ...empty, components: [less] })).toEqual([
      'components.0.grid.0.spans: no period from 00:00 to 24:00',
    ]);
    const levy = newComponent('levy', 'Levy', empty);
    const taxes = [{ id: 'tax-1', name: 'Tax', percent: '20', on: [levy.id] }];
    const taxed = { ...empty, components: [...empty.components, levy], taxes };
    expect(removeComponent(taxed, levy.id).taxes[0]?.on).toBeNull();
  });

  it('are called what no other is', () => {
    expect(freeId('tax', [])).toBe('tax-1');
    expect(freeId('tax', [{ id: 'tax-2' }])).toBe('tax-3');
  });
});
