import type { MeterFormat } from './format-registry.js';

/** What a file is called that was read by a mapping of its columns. */
export const mappedFormat = 'CSV';

/** One measured quantity of a device, as the header of a meter file names it. */
export interface MeterChannel {
  /** 0-based among the value columns. */
  column: number;
  deviceSerial: string;
  isMaster: boolean;
  /** Unique within the device: `U1`, `Ch3`. */
  label: string;
  /** The name the installer gave: `Ph 1`, `Voie1`. May be empty. */
  name: string;
  /** `V`, `W`, …; empty when the header gives none. */
  unit: string;
  /** Derived from the unit: `voltage`, `power`, `energy`, …; `unknown` for a unit that is not known. */
  quantity: string;
}

/** What stands before the rows of a meter file. */
export interface MeterFileHeader {
  format: MeterFormat | typeof mappedFormat;
  masterSerial: string;
  /** In column order, at least one. */
  channels: MeterChannel[];
  /** The JSON header of a V003 file; how a CSV file was read; empty for the other formats. */
  metadata: Record<string, unknown>;
  /** `UTC` or an IANA name: the clock the timestamps of the file were written with. */
  timeZone: string;
}
