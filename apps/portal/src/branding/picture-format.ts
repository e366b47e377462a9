import { CodedError } from '#libs/errors';

/** What a logo can be uploaded as. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'svg';

/**
 * Tells the format from the bytes; what a browser calls it is a guess from the file's name.
 * @throws CodedError BRANDING_IMAGE_INVALID for anything else, so that no other decoder ever sees it
 */
export function pictureFormat(bytes: Buffer): PictureFormat {
  if (bytes.subarray(0, 8).equals(pngSignature)) return 'png';
  if (bytes.subarray(0, 3).equals(jpegSignature)) return 'jpeg';
  if (latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP') return 'webp';
  // Compressed and UTF-16 SVG end here too: what cannot be read cannot be judged.
  if (/^(\u00ef\u00bb\u00bf)?\s*</.test(latin(bytes, 0, 200))) {
    checkSvg(bytes);
    return 'svg';
  }
  throw new CodedError('BRANDING_IMAGE_INVALID', { detail: 'it is neither PNG, JPEG, WebP nor SVG' });
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);

/** A picture in an SVG would be decoded outside of our limits, and an entity can hide one. */
const forbiddenInSvg = /<!ENTITY|<(?:[\w.-]+:)?(image|feImage|foreignObject)[\s/>]/i;

function checkSvg(bytes: Buffer): void {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CodedError('BRANDING_IMAGE_INVALID', { detail: 'the SVG is not UTF-8', cause });
  }
  const encoding = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? 'utf-8';
  if (!/^(utf-8|us-ascii)$/i.test(encoding)) {
    throw new CodedError('BRANDING_IMAGE_INVALID', { detail: 'the SVG is not UTF-8' });
  }
  const found = forbiddenInSvg.exec(text);
  if (found === null) return;
  const what = found[1] === undefined ? 'entities' : `<${found[1]}>`;
  throw new CodedError('BRANDING_IMAGE_INVALID', { detail: `the SVG holds ${what}` });
}

function latin(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}
