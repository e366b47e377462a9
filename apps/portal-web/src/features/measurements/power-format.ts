import { formatQuantity } from '#libs/ui';

/** From here on kilowatts are read more easily. */
const kilowattsFrom = 10_000;

/** The unit for power up to that, and what a value in W is divided by. */
export function powerUnit(mostW: number): { unit: 'W' | 'kW'; divisor: number } {
  return Math.abs(mostW) >= kilowattsFrom ? { unit: 'kW', divisor: 1_000 } : { unit: 'W', divisor: 1 };
}

export function formatPower(powerW: number | null): string {
  if (powerW === null) return formatQuantity(null, 'W');
  const { unit, divisor } = powerUnit(powerW);
  return formatQuantity(powerW / divisor, unit);
}

export function formatEnergy(energyWh: number | null): string {
  return formatQuantity(energyWh === null ? null : energyWh / 1_000, 'kWh');
}
