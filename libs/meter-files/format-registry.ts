import type { FormatDefinition } from './format.js';
import { definitions } from './formats/index.js';

export type MeterFormat = (typeof definitions)[number]['name'];

/** Every format that can be read. A new one is a file in `formats/`, and nothing else. */
export const formats: readonly FormatDefinition<MeterFormat>[] = definitions;
