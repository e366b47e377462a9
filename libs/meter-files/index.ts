export type { MeterFormat } from './formats/index.js';
export type { MeterChannel, MeterFileHeader } from './header.js';
export { readMeterFile, type ReadMeterFileOptions } from './reader.js';
export { MeterFileRefused } from './refusal.js';
export type { MeterFileReport } from './report.js';
export type { MeterRows } from './row-block.js';
export { quantityOf } from './units.js';
