import type { SiteCost } from '#libs/contracts';
import { uuid } from './admin-data.js';

const dayMs = 86_400_000;

/** 31 days at most, of which the fourth was not measured, by a tariff with a charge for demand. */
export function costOf(query: URLSearchParams): SiteCost {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const count = Math.min((Date.parse(to) - Date.parse(from)) / dayMs, 31);
  const days = Array.from({ length: count }, (_, index) => {
    const isMeasured = index !== 3;
    return {
      day: new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
      energyKwh: isMeasured ? '210' : null,
      energyAmount: isMeasured ? (38 + 6 * Math.sin(index)).toFixed(6) : null,
      fixedAmount: '0.511613',
      completeness: isMeasured ? 1 : 0,
    };
  });
  return {
    from,
    to,
    timeZone: 'Europe/Paris',
    tariff: { id: uuid(910), name: 'HP/HC', municipality: 'EDF' },
    currency: 'EUR',
    basis: 'samples',
    days,
    demand: ['Dépassement'],
    problems: [],
  };
}

export function noCost(query: URLSearchParams): SiteCost {
  return { ...costOf(query), tariff: null, currency: null, days: [], demand: [] };
}
