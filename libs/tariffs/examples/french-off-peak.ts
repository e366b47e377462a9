import { sameAllYear, type TariffExampleInput } from './example.js';

/**
 * The French regulated tariff with off-peak hours for 6 kVA, tax included. Off-peak hours differ from place to place,
 * in up to three windows; these have the one at midday.
 */
export const frenchOffPeak: TariffExampleInput = {
  id: 'fr-hp-hc-6-kva',
  municipality: 'Fournisseur réglementé',
  name: 'Tarif réglementé HP/HC, 6 kVA',
  timeZone: 'Europe/Paris',
  firstDay: '2026-01-01',
  lastDay: null,
  document: {
    currency: 'EUR',
    rounding: { when: 'end', mode: 'half-up' },
    ...sameAllYear,
    components: [
      {
        kind: 'time-of-use',
        id: 'energy',
        name: 'Consommation',
        periods: [
          { id: 'hp', name: 'Heures pleines' },
          { id: 'hc', name: 'Heures creuses' },
        ],
        grid: [
          {
            season: 'year',
            dayType: 'all',
            spans: [
              { from: '00:00', to: '01:30', period: 'hp' },
              { from: '01:30', to: '07:30', period: 'hc' },
              { from: '07:30', to: '12:26', period: 'hp' },
              { from: '12:26', to: '14:26', period: 'hc' },
              { from: '14:26', to: '24:00', period: 'hp' },
            ],
          },
        ],
        prices: [
          { season: 'year', period: 'hp', perKwh: '0.2142' },
          { season: 'year', period: 'hc', perKwh: '0.1589' },
        ],
      },
      { kind: 'fixed', id: 'subscription', name: 'Abonnement 6 kVA', per: 'month', amount: '15.86' },
    ],
  },
};
