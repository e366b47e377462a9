const quantities: Readonly<Record<string, readonly string[]>> = {
  voltage: ['mV', 'V', 'kV'],
  current: ['mA', 'A', 'kA'],
  power: ['mW', 'W', 'kW', 'MW'],
  'reactive power': ['var', 'VAr', 'VAR', 'kvar', 'kVAr', 'kVAR'],
  'apparent power': ['VA', 'kVA', 'MVA'],
  energy: ['Wh', 'kWh', 'MWh'],
  'reactive energy': ['varh', 'VArh', 'kvarh', 'kVArh'],
  'apparent energy': ['VAh', 'kVAh'],
  frequency: ['Hz'],
  temperature: ['°C'],
};

const quantityOfUnit: ReadonlyMap<string, string> = new Map(
  Object.entries(quantities).flatMap(([quantity, units]) => units.map((unit) => [unit, quantity] as const)),
);

/** What a unit measures, such as `voltage` for `V`; `unknown` for a unit that is not in the table. */
export function quantityOf(unit: string): string {
  return quantityOfUnit.get(unit) ?? 'unknown';
}

/**
 * Splits `label unit`: the last word is the unit. A single word is the unit when it is a known one (`W`),
 * otherwise a name without a unit.
 */
export function splitLabel(cell: string): { name: string; unit: string } {
  const text = cell.trim();
  const space = text.lastIndexOf(' ');
  if (space !== -1) return { name: text.slice(0, space).trimEnd(), unit: text.slice(space + 1) };
  return quantityOfUnit.has(text) ? { name: '', unit: text } : { name: text, unit: '' };
}
