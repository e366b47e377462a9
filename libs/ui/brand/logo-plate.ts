import type { LogoInk } from '#libs/contracts';
import { contrast } from './color.js';

/** Below it a part of a logo is hardly seen. */
const seen = 1.8;

/**
 * What to put under a logo on `ground` so that all of it is seen: nothing, in most cases.
 * @param ink null for a logo that has its own ground
 */
export function logoPlate(ink: LogoInk | null, ground: string): string | undefined {
  if (ink === null) return undefined;
  const worst = (plate: string) => Math.min(contrast(ink.dark, plate), contrast(ink.light, plate));
  if (worst(ground) >= seen) return undefined;
  const [best = ground] = [ground, '#ffffff', '#1b2126'].toSorted((one, other) => worst(other) - worst(one));
  return best === ground ? undefined : best;
}
