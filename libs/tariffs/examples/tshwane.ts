import { sameAllYear, type TariffExampleInput } from './example.js';

/** City of Tshwane, domestic conventional, from July 2018: blocks by the month, VAT on all of it. */
export const tshwane: TariffExampleInput = {
  id: 'za-tshwane-domestic-2018',
  municipality: 'City of Tshwane',
  name: 'Domestic, inclining blocks',
  timeZone: 'Africa/Johannesburg',
  firstDay: '2018-07-01',
  lastDay: '2019-06-30',
  document: {
    currency: 'ZAR',
    rounding: { when: 'end', mode: 'half-up' },
    ...sameAllYear,
    components: [
      {
        kind: 'blocks',
        id: 'energy',
        name: 'Energy',
        blocks: [
          { upToKwh: '100', perKwh: '1.4178' },
          { upToKwh: '400', perKwh: '1.6592' },
          { upToKwh: '650', perKwh: '1.8077' },
          { upToKwh: null, perKwh: '1.9488' },
        ],
      },
    ],
    taxes: [{ id: 'vat', name: 'VAT', percent: '15' }],
  },
};
