import type { Sharp } from 'sharp';
import type { LogoInk } from '#libs/contracts';

/** Of 255. What is fainter is not seen. */
const visibleAlpha = 32;
/** Share of the picture that is not see-through, from which on it counts as having a ground of its own. */
const ownGround = 0.9;
/** Share of what is seen that stands for its dark, and for its light parts. */
const end = 0.2;

/**
 * The dark and the light parts of a picture on a transparent ground, so that a page can tell whether it stands out.
 * @returns null when the picture has its own ground or shows nothing
 */
export async function inkOf(picture: Sharp): Promise<LogoInk | null> {
  const small = picture.resize({ width: 64, height: 64, fit: 'inside' });
  return inkOfPixels(await small.ensureAlpha().raw().toBuffer());
}

/** @param bytes in the order red, green, blue, alpha */
export function inkOfPixels(bytes: Uint8Array): LogoInk | null {
  const seen: Pixel[] = [];
  for (let index = 0; index + 3 < bytes.length; index += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = bytes.subarray(index, index + 4);
    if (alpha >= visibleAlpha) seen.push({ red, green, blue, alpha });
  }
  if (seen.length === 0 || seen.length / (bytes.length / 4) > ownGround) return null;
  const byLight = seen.toSorted((one, other) => lightness(one) - lightness(other));
  const count = Math.ceil(seen.length * end);
  return { dark: mean(byLight.slice(0, count)), light: mean(byLight.slice(-count)) };
}

interface Pixel {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

function lightness({ red, green, blue }: Pixel): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Weighed by how much each is seen; `#rrggbb`. */
function mean(pixels: Pixel[]): string {
  const weight = pixels.reduce((sum, { alpha }) => sum + alpha, 0);
  const part = (name: 'red' | 'green' | 'blue') => {
    const sum = pixels.reduce((total, pixel) => total + pixel.alpha * pixel[name], 0);
    return Math.round(sum / weight)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part('red')}${part('green')}${part('blue')}`;
}
