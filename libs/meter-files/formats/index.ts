import type { FormatDefinition } from './format.js';
import { mvT202V002 } from './mv-t202-v002.js';
import { mvT302V002 } from './mv-t302-v002.js';
import { mvT302V003 } from './mv-t302-v003.js';

export { FormatProblem, type Envelope, type FormatDefinition, type MasterType } from './format.js';

/** Every format that can be read. A new one is a file beside this and a line here. */
const definitions = [mvT302V002, mvT302V003, mvT202V002] as const;

export type MeterFormat = (typeof definitions)[number]['name'];

export const formats: readonly FormatDefinition<MeterFormat>[] = definitions;
