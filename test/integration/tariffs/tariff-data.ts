import type { Municipality, TariffDetail, TariffDocumentInput } from '#libs/contracts';
import type { ApiClient } from '../api-client.js';

/** One season, every day, one price. */
export function flatDocument(perKwh: string, parts: Partial<TariffDocumentInput> = {}): TariffDocumentInput {
  return {
    currency: 'EUR',
    rounding: { when: 'end', mode: 'half-up' },
    seasons: [{ id: 'year', name: 'Year', firstDay: '01-01', lastDay: '12-31' }],
    dayTypes: [{ id: 'all', name: 'All', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }],
    components: [{ kind: 'levy', id: 'energy', name: 'Energy', perKwh }],
    ...parts,
  };
}

/** A new municipality with one tariff and the versions. */
export async function writeTariff(
  client: ApiClient,
  name: string,
  versions: { firstDay: string; lastDay: string | null; document: TariffDocumentInput }[],
): Promise<TariffDetail> {
  const { body: municipality } = await client.post<Municipality>('/api/municipalities', { name });
  const added = await client.post<TariffDetail>(`/api/municipalities/${municipality.id}/tariffs`, { name });
  let tariff = added.body;
  for (const version of versions) {
    const answer = await client.post<TariffDetail>(`/api/tariffs/${tariff.id}/versions`, version);
    if (answer.status !== 201) throw new Error(`the version was refused: ${JSON.stringify(answer.body)}`);
    tariff = answer.body;
  }
  return tariff;
}
