import { tariffDocument, type TariffDocument } from '#libs/contracts';
import { erongoRed } from './erongo-red.js';
import { frenchOffPeak } from './french-off-peak.js';
import { tshwane } from './tshwane.js';
import { tshwaneTimeOfUse } from './tshwane-time-of-use.js';
import type { TariffExampleInput } from './example.js';

/** A tariff to begin with: the figures are those of the source, which goes out of date. */
export interface TariffExample extends Omit<TariffExampleInput, 'document'> {
  document: TariffDocument;
}

/** What is shipped. */
export const tariffExamples: readonly TariffExample[] = [
  frenchOffPeak,
  tshwane,
  tshwaneTimeOfUse,
  erongoRed,
].map((example) => ({ ...example, document: tariffDocument.parse(example.document) }));
