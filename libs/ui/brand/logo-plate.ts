import { contrast } from './color.js';

/** Below it a logo is hardly seen; marks need 3:1, but a logo is large. */
const seen = 2;

/**
 * What to put under a logo on `ground` so that it is seen: nothing, in most cases.
 * @param inkColor its mean colour; null for a logo that has its own ground
 */
export function logoPlate(inkColor: string | null, ground: string): string | undefined {
  if (inkColor === null || contrast(inkColor, ground) >= seen) return undefined;
  return contrast(inkColor, '#ffffff') >= contrast(inkColor, '#1b2126') ? '#ffffff' : '#1b2126';
}
