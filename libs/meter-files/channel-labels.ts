import type { MasterType } from './format.js';
import type { MeterChannel } from './header.js';
import { quantityOf, splitLabel } from './units.js';

const phaseNames = ['Ph 1', 'Ph 2', 'Ph 3'];

/**
 * Names the channels of a file. Voltages come first on a master: `U1 U2 U3` on a three-phase meter, `U1` on a
 * single-phase one; every other channel of a device is `Ch1`, `Ch2`, … in column order, on a slave all of them.
 * A meter is three-phase when the header says `Tri`, or when its channels include Ph 1, Ph 2 and Ph 3.
 *
 * `serials` and `cells` have one entry per value column; a cell is `name unit`.
 */
export function labelChannels(
  masterSerial: string,
  serials: readonly string[],
  cells: readonly string[],
  masterType: MasterType,
): MeterChannel[] {
  const columns = serials.map((deviceSerial, column) => ({
    deviceSerial,
    isMaster: deviceSerial === masterSerial,
    ...splitLabel(cells[column] ?? ''),
  }));
  const masterNames = new Set(columns.filter(({ isMaster }) => isMaster).map(({ name }) => name));
  const threePhase = masterType === 'Tri' || phaseNames.every((name) => masterNames.has(name));
  const voltages = threePhase ? 3 : 1;
  const seen = new Map<string, number>();
  return columns.map(({ deviceSerial, isMaster, name, unit }, column) => {
    const ordinal = (seen.get(deviceSerial) ?? 0) + 1;
    seen.set(deviceSerial, ordinal);
    const label = isMaster ? masterLabel(ordinal, voltages) : `Ch${ordinal}`;
    return { column, deviceSerial, isMaster, label, name, unit, quantity: quantityOf(unit) };
  });
}

function masterLabel(ordinal: number, voltages: number): string {
  return ordinal <= voltages ? `U${ordinal}` : `Ch${ordinal - voltages}`;
}
