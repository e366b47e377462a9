import type { TariffComponent, TariffDocument } from '#libs/contracts';
import { freeId } from './document-edits.js';

export const componentKinds = ['time-of-use', 'blocks', 'fixed', 'capacity', 'demand', 'levy'] as const;

type Kind = (typeof componentKinds)[number];

/** A charge of its kind that is valid as it is: all of it is there to be changed. */
export function newComponent(kind: Kind, name: string, document: TariffDocument): TariffComponent {
  const common = { id: freeId(kind, document.components), name, seasons: null };
  if (kind === 'time-of-use') return { ...common, kind, ...newTimeOfUse(document) };
  if (kind === 'fixed') return { ...common, kind, per: 'month', amount: '0' };
  if (kind === 'capacity') return { ...common, kind, per: 'month', unit: 'A', perUnit: '0', quantity: null };
  if (kind === 'demand') {
    return { ...common, kind, unit: 'kVA', intervalMinutes: 30, perUnit: '0', ratchet: null };
  }
  if (kind === 'levy') return { ...common, kind, perKwh: '0' };
  const blocks = [
    { upToKwh: '100', perKwh: '0' },
    { upToKwh: null, perKwh: '0' },
  ];
  return { ...common, kind, blocks };
}

function newTimeOfUse({ seasons, dayTypes }: TariffDocument) {
  const period = 'period-1';
  return {
    periods: [{ id: period, name: '1' }],
    grid: seasons.flatMap((season) =>
      dayTypes.map((dayType) => ({
        season: season.id,
        dayType: dayType.id,
        spans: [{ from: '00:00', to: '24:00', period }],
      })),
    ),
    prices: seasons.map((season) => ({ season: season.id, period, perKwh: '0' })),
  };
}

/** What a first version begins with. */
export function emptyDocument(names: { year: string; days: string; energy: string }): TariffDocument {
  const document: TariffDocument = {
    currency: 'EUR',
    rounding: { when: 'end', mode: 'half-up' },
    holidays: null,
    seasons: [{ id: 'season-1', name: names.year, firstDay: '01-01', lastDay: '12-31' }],
    dayTypes: [
      {
        id: 'day-type-1',
        name: names.days,
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      },
    ],
    components: [],
    taxes: [],
  };
  return { ...document, components: [newComponent('time-of-use', names.energy, document)] };
}
