import type { TariffDocumentInput } from '#libs/contracts';

/** An example as it is written: what has a default is left out. */
export interface TariffExampleInput {
  id: string;
  municipality: string;
  name: string;
  timeZone: string;
  firstDay: string;
  lastDay: string | null;
  document: TariffDocumentInput;
}

/** One season, one day type: for tariffs that know no time of use. */
export const sameAllYear = {
  seasons: [{ id: 'year', name: 'All year', firstDay: '01-01', lastDay: '12-31' }],
  dayTypes: [{ id: 'all', name: 'Every day', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }],
} satisfies Pick<TariffDocumentInput, 'seasons' | 'dayTypes'>;
