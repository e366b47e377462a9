import { sameAllYear, type TariffExampleInput } from './example.js';

/** Erongo RED, Namibia: blocks, a charge by the size of the breaker, and two levies for each kWh. */
export const erongoRed: TariffExampleInput = {
  id: 'na-erongo-red-domestic',
  municipality: 'Erongo RED',
  name: 'Domestic, by the size of the breaker',
  timeZone: 'Africa/Windhoek',
  firstDay: '2018-07-01',
  lastDay: null,
  document: {
    currency: 'NAD',
    rounding: { when: 'line', mode: 'half-up' },
    ...sameAllYear,
    components: [
      {
        kind: 'blocks',
        id: 'energy',
        name: 'Energy',
        blocks: [
          { upToKwh: '250', perKwh: '1.56' },
          { upToKwh: '750', perKwh: '1.68' },
          { upToKwh: null, perKwh: '2.06' },
        ],
      },
      {
        kind: 'capacity',
        id: 'breaker',
        name: 'Capacity of the breaker',
        per: 'month',
        unit: 'A',
        perUnit: '8.00',
        quantity: null,
      },
      { kind: 'levy', id: 'ecb', name: 'ECB levy', perKwh: '0.0150' },
      { kind: 'levy', id: 'nef', name: 'NEF levy', perKwh: '0.0108' },
    ],
  },
};
