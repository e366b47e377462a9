import type { Sharp, SharpOptions } from 'sharp';
import { faviconSizes, type FaviconSize, type LogoInk } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { inkOf } from './logo-ink.js';
import { pictureFormat } from './picture-format.js';

/** A picture is refused by what its header says, before it takes memory: 64 MiB decoded. */
const maxPixels = 4_096 * 4_096;
const patienceSeconds = 15;

/** Room for the logo at twice the size that any page or bill shows it in, in pixels. */
const logoRoom = { width: 960, height: 384 };

export interface DrawnLogo {
  png: Buffer;
  width: number;
  height: number;
  ink: LogoInk | null;
}

export type DrawnFavicon = Record<FaviconSize, Buffer>;

/**
 * Draws a logo anew from its pixels, so that nothing but pixels is kept of what was uploaded.
 * @throws CodedError BRANDING_IMAGE_INVALID, BRANDING_IMAGE_TOO_LARGE
 */
export async function drawLogo(bytes: Buffer): Promise<DrawnLogo> {
  const picture = await open(bytes, Math.max(logoRoom.width, logoRoom.height));
  const fitted = picture.resize({ ...logoRoom, fit: 'inside', withoutEnlargement: true });
  const { data: png, info } = await readable(fitted.png(compact).toBuffer({ resolveWithObject: true }));
  return { png, width: info.width, height: info.height, ink: await inkOf(await open(png)) };
}

/**
 * Draws a favicon in all its sizes, on a transparent square.
 * @throws CodedError BRANDING_IMAGE_INVALID, BRANDING_IMAGE_TOO_LARGE
 */
export async function drawFavicon(bytes: Buffer): Promise<DrawnFavicon> {
  const picture = await open(bytes, Math.max(...faviconSizes));
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const drawn: [FaviconSize, Buffer][] = [];
  // One after the other: the memory of one is enough.
  for (const size of faviconSizes) {
    const square = picture.clone().resize({ width: size, height: size, fit: 'contain', background });
    drawn.push([size, await readable(square.png(compact).toBuffer())]);
  }
  return Object.fromEntries(drawn) as DrawnFavicon;
}

const compact = { compressionLevel: 9, adaptiveFiltering: true };

/** @param edge of an SVG, the length in pixels that its longer edge is drawn in */
async function open(bytes: Buffer, edge = 0): Promise<Sharp> {
  const format = pictureFormat(bytes);
  const sharp = await loadSharp();
  const options: SharpOptions = { limitInputPixels: maxPixels, failOn: 'error' };
  const { width, height } = await readable(sharp(bytes, { ...options, limitInputPixels: false }).metadata());
  if (format === 'svg') options.density = densityFor(edge, Math.max(width, height));
  else if (width * height > maxPixels) {
    throw new CodedError('BRANDING_IMAGE_TOO_LARGE', {
      detail: `${String(width)} × ${String(height)}, at most ${String(maxPixels)} pixels are taken`,
    });
  }
  return sharp(bytes, options).autoOrient().toColourspace('srgb').timeout({ seconds: patienceSeconds });
}

/** A vector is drawn in the size that is wanted, whatever size it says it has at 72 dots per inch. */
function densityFor(edge: number, naturalEdge: number): number {
  return Math.min(Math.max((72 * edge) / naturalEdge, 1), 100_000);
}

/** Loaded by the first picture: a portal that draws none keeps its memory. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  // libvips reads many formats more; none of their decoders is for strangers.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Png', 'Jpeg', 'Webp', 'Svg'].map((format) => `VipsForeignLoad${format}Buffer`),
  });
  return sharp;
}

/** Of our own doing here are limits, which are told apart before; the rest is the picture's fault. */
async function readable<T>(drawing: Promise<T>): Promise<T> {
  try {
    return await drawing;
  } catch (cause) {
    throw new CodedError('BRANDING_IMAGE_INVALID', { detail: 'it is damaged or not what it seems', cause });
  }
}
