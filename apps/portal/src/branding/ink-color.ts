import type { Sharp } from 'sharp';

/** Of 255. What is fainter is not seen. */
const visibleAlpha = 32;
/** Share of the picture that is not see-through, from which on it counts as having a ground of its own. */
const ownGround = 0.9;

/**
 * The mean colour of what is seen of a picture on a transparent ground, so that a page can tell whether it stands out.
 * @returns `#rrggbb`, or null when the picture has its own ground or shows nothing
 */
export async function inkColorOf(picture: Sharp): Promise<string | null> {
  const pixels = await picture
    .resize({ width: 64, height: 64, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer();
  return meanInk(pixels);
}

/** @param pixels bytes in the order red, green, blue, alpha */
export function meanInk(pixels: Uint8Array): string | null {
  const sum = [0, 0, 0];
  let weight = 0;
  let seen = 0;
  for (let index = 0; index + 3 < pixels.length; index += 4) {
    const alpha = pixels[index + 3] ?? 0;
    if (alpha < visibleAlpha) continue;
    seen++;
    weight += alpha;
    for (const part of [0, 1, 2]) sum[part] = (sum[part] ?? 0) + alpha * (pixels[index + part] ?? 0);
  }
  if (seen === 0 || seen / (pixels.length / 4) > ownGround) return null;
  const hex = sum.map((part) =>
    Math.round(part / weight)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}
