import type { Municipality } from '#libs/contracts';

/** All tariffs as a select wants them, each below its municipality. */
export function tariffChoices(municipalities: readonly Municipality[]) {
  return municipalities
    .filter(({ tariffs }) => tariffs.length > 0)
    .map(({ name, tariffs }) => ({
      group: name,
      items: tariffs.map((tariff) => ({ value: tariff.id, label: tariff.name })),
    }));
}
